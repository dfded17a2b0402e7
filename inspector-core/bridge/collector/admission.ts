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
  'realm-closed',
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

/** True if a hook can have seen this fact about its own realm. */
export const isOwnFact = (fact: Fact, source: Source): boolean =>
  REALM_FACTS.has(fact.type) &&
  (fact.type !== 'realm-closed' || fact.realm === source.realm);

export const isSameSource = (one: Source, other: Source): boolean =>
  one.realm === other.realm && one.kind === other.kind && one.url === other.url;

/** The entries of a batch that stand where they should, and how many do not. */
export interface Sequence {
  readonly entries: Batch['entries'];
  readonly misplaced: number;
  /** Number of the last entry that this batch stands for. */
  readonly last: number;
}

/**
 * Holds a batch to the numbering: it starts right after what is missed, and
 * each entry is one further. `refused` entries leave gaps. An entry that was
 * there before (a replay) or comes out of order has no place.
 */
export function placeEntries(
  {entries, missed}: Pick<Batch, 'entries' | 'missed'>,
  after: number,
  refused: number,
): Sequence {
  const last = after + missed + entries.length + refused;
  let previous = after + missed;
  const placed = entries.filter(({seq}) => {
    if (seq <= previous || seq > last) return false;
    previous = seq;
    return true;
  });
  return {entries: placed, misplaced: entries.length - placed.length, last};
}
