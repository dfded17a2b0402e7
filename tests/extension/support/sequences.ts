import assert from 'node:assert/strict';
import type {LogEntry} from '../../../inspector-core/protocol/protocol.js';

/**
 * Every realm's entries are there, once each and in order: numbers from 1
 * without a gap. Nothing may have been refused or given up on the way either.
 */
export function assertComplete(entries: readonly LogEntry[]): void {
  assert.ok(entries.length > 0, 'there are entries');
  const troubles = entries.flatMap(({fact}) =>
    fact.type === 'entries-rejected' ||
    fact.type === 'entries-missed' ||
    fact.type === 'hook-faulted'
      ? [JSON.stringify(fact)]
      : [],
  );
  assert.deepEqual([...findBreaks(entries), ...troubles], []);
}

/** Where the numbers of a realm do not go on by one, and what stands there. */
function findBreaks(entries: readonly LogEntry[]): readonly string[] {
  const latest = new Map<string, LogEntry>();
  return entries.flatMap((entry) => {
    const {source, seq} = entry;
    const before = latest.get(source.realm);
    latest.set(source.realm, entry);
    const expected = (before?.seq ?? 0) + 1;
    if (seq === expected) return [];
    const what =
      seq > expected ? `${expected}–${seq - 1} are missing` : 'doubled or late';
    const after = before === undefined ? 'the start' : describe(before);
    return [
      `${source.kind} ${source.realm}: ${what}, ${describe(entry)} after ${after}`,
    ];
  });
}

const describe = ({seq, fact}: LogEntry): string => `${seq} (${fact.type})`;

/** Ids asked for by `get()`, in the order of the log. */
export const askedIds = (entries: readonly LogEntry[]): readonly string[] =>
  entries.flatMap(({fact}) =>
    fact.type === 'call-started' && fact.invocation.method === 'get'
      ? [fact.invocation.id]
      : [],
  );
