import assert from 'node:assert/strict';
import type {LogEntry} from '../../../inspector-core/protocol/protocol.js';

/**
 * Every realm's entries are there, once each and in order: numbers from 1
 * without a gap. Nothing may have been refused or given up on the way either.
 */
export function assertComplete(entries: readonly LogEntry[]): void {
  const numbers = new Map<string, number[]>();
  for (const {source, seq} of entries) {
    const known = numbers.get(source.realm) ?? [];
    numbers.set(source.realm, [...known, seq]);
  }
  assert.ok(numbers.size > 0, 'there are entries');
  for (const [realm, seqs] of numbers) {
    const expected = seqs.map((_, index) => index + 1);
    assert.deepEqual(seqs, expected, `entries of realm ${realm}`);
  }
  const troubles = entries.filter(
    ({fact}) =>
      fact.type === 'entries-rejected' ||
      fact.type === 'entries-missed' ||
      fact.type === 'hook-faulted',
  );
  assert.deepEqual(troubles, []);
}

/** Ids asked for by `get()`, in the order of the log. */
export const askedIds = (entries: readonly LogEntry[]): readonly string[] =>
  entries.flatMap(({fact}) =>
    fact.type === 'call-started' && fact.invocation.method === 'get'
      ? [fact.invocation.id]
      : [],
  );
