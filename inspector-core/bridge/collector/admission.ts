/**
 * What a realm of the inspected page may say. Well-formed is not enough: a page
 * that forges `log-cleared` or another realm's end would reach beyond itself.
 */
import type {
  Batch,
  Fact,
  FactType,
  Source,
  SourceKind,
} from '../../protocol/protocol.js';

/** Kinds of source that are hooks in a realm. */
export const REALM_KINDS = [
  'page',
  'frame',
  'dedicated-worker',
  'shared-worker',
  'service-worker',
] as const satisfies readonly SourceKind[];

const REALM_FACTS: ReadonlySet<FactType> = new Set<FactType>([
  'realm-opened',
  'realm-suspended',
  'realm-resumed',
  'worker-state-changed',
  'call-started',
  'call-settled',
  'registration-seen',
  'registration-progressed',
  'records-expired',
  'records-listed',
  'response-settled',
  'handler-changed',
  'event-dispatched',
  'wait-until-called',
  'wait-until-settled',
  'event-finished',
  'conditions-changed',
  'rule-fired',
  'online-changed',
  'hook-faulted',
]);

/** What the engine tells, which runs in service workers. */
const ENGINE_FACTS: ReadonlySet<FactType> = new Set<FactType>([
  'attempt-sent',
  'attempt-responded',
  'attempt-progressed',
  'attempt-finished',
]);

/** True if a hook, or the engine, can have seen this fact in its own realm. */
export function isOwnFact(fact: Fact, source: Source): boolean {
  switch (fact.type) {
    case 'realm-closed':
      return fact.realm === source.realm;
    case 'attempt-started':
      // Without a place it is the wire's: it would be given to any fetch.
      return source.kind === 'service-worker' && fact.of !== undefined;
    default:
      return (
        REALM_FACTS.has(fact.type) ||
        (source.kind === 'service-worker' && ENGINE_FACTS.has(fact.type))
      );
  }
}

export const isSameSource = (one: Source, other: Source): boolean =>
  one.realm === other.realm && one.kind === other.kind && one.url === other.url;

/** The entries of a batch that stand where they should, and how many do not. */
export interface Sequence {
  readonly entries: Batch['entries'];
  readonly misplaced: number;
  /** Entries between what is known and the first one here that are lost. */
  readonly missed: number;
  /** Number of the last entry that this batch stands for. */
  readonly last: number;
}

/**
 * Holds a batch to the numbering: it starts right after what is missed, and
 * each entry is one further. `refused` entries leave gaps. An entry that was
 * there before (a replay) or comes out of order has no place.
 *
 * @param after what was asked for; a batch that nobody asked for may overlap
 *   what is `known`, which is left out, or come too late for what lies between
 */
export function placeEntries(
  {entries, missed}: Pick<Batch, 'entries' | 'missed'>,
  {after, known}: {readonly after: number; readonly known: number},
  refused: number,
): Sequence {
  let previous = after + missed;
  const lost = previous - known;
  const last = previous + entries.length + refused;
  let misplaced = 0;
  const placed = entries.filter(({seq}) => {
    if (seq <= previous || seq > last) {
      misplaced += 1;
      return false;
    }
    previous = seq;
    return seq > known;
  });
  return {
    entries: placed,
    misplaced,
    missed: Math.max(0, lost),
    last: Math.max(known, last),
  };
}
