/**
 * Logs as text that can be read: one line for one thing that happened, as
 * `TIME SOURCE VERB …`. Stories and tests share it, so a story is a log.
 *
 * @example
 *     scenario(`
 *       0ms   panel  attachment attached
 *       0ms   page   opened
 *       10ms  page   fetch ep-1 /ep-1.mp3 total=4MB
 *       90ms  page   accepted ep-1
 *       1s    page   ramp ep-1 to=4MB until=3s
 *       3s    page   progress ep-1 result=success`);
 */
import {conditionVerbs} from './condition-verbs.js';
import {readLine} from './line.js';
import {pageVerbs} from './page-verbs.js';
import {sessionVerbs} from './session-verbs.js';
import {Stage, type ScenarioEntry} from './stage.js';
import {wireVerbs} from './wire-verbs.js';
import {workerVerbs} from './worker-verbs.js';

export {ORIGIN, START, type ScenarioEntry} from './stage.js';

const verbs = {
  ...pageVerbs,
  ...workerVerbs,
  ...wireVerbs,
  ...sessionVerbs,
  ...conditionVerbs,
};

/** Plays a scenario's lines. Entries come out by time, as a log merges them. */
export function scenario(text: string): readonly ScenarioEntry[] {
  const stage = new Stage();
  for (const row of text.split('\n')) {
    const trimmed = row.trim();
    if (trimmed === '' || trimmed.startsWith('#')) continue;
    const line = readLine(trimmed);
    const verb = verbs[line.verb];
    if (verb === undefined) {
      throw new SyntaxError(`No verb is named "${line.verb}": ${trimmed}`);
    }
    verb(stage, line);
  }
  const sorted = stage.entries.toSorted((a, b) => a.entry.at - b.entry.at);
  const seqs = new Map<string, number>();
  return sorted.map(({source, entry}) => {
    const seq = (seqs.get(source.realm) ?? 0) + 1;
    seqs.set(source.realm, seq);
    return {source, entry: {...entry, seq}};
  });
}
