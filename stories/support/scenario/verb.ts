import type {Fact} from '../../../inspector-core/protocol/protocol.js';
import type {Line} from './line.js';
import {ORIGIN, type Stage} from './stage.js';

/** What a line's verb does on the stage. */
export type Verb = (stage: Stage, line: Line) => void;

/** The word at a place, as far as the line has one. */
export const one = (words: readonly string[], place = 0): string =>
  words[place] ?? '';

/** A path of the origin's, as a URL; what is none stays as it is. */
export const absolute = (path: string): string =>
  URL.canParse(path, ORIGIN) ? new URL(path, ORIGIN).href : path;

const STACK = `    at download (${ORIGIN}/app.js:41:31)\n    at HTMLButtonElement.onclick (${ORIGIN}/app.js:88:5)`;

/** A call begins, by the name under which it is settled. */
export function startCall(
  stage: Stage,
  line: Line,
  name: string,
  invocation: Extract<Fact, {type: 'call-started'}>['invocation'],
): number {
  const realm = stage.realm(line.realm);
  realm.calls += 1;
  realm.callOf.set(name, {call: realm.calls, at: line.at});
  stage.append(line, {
    type: 'call-started',
    call: realm.calls,
    invocation,
    stack: STACK,
  });
  return realm.calls;
}

export function settleCall(
  stage: Stage,
  line: Line,
  name: string,
  outcome: Extract<Fact, {type: 'call-settled'}>['outcome'],
): void {
  const started = stage.realm(line.realm).callOf.get(name);
  if (started === undefined) throw new SyntaxError(`No call of ${name}.`);
  stage.append(line, {
    type: 'call-settled',
    call: started.call,
    duration: line.at - started.at,
    outcome,
  });
}
