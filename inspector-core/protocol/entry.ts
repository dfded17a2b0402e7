import type {Fact} from './facts.js';
import type {Source} from './source.js';

/** Raised when a change of the facts would be misread by an older reader. */
export const PROTOCOL_VERSION = 1;

/**
 * Milliseconds since 1970 with a fraction, `performance.timeOrigin +
 * performance.now()`: comparable between realms, and finer than `Date.now()`.
 */
export type EpochMs = number;

/** A fact as its realm numbered it. */
export interface RealmEntry<F extends Fact = Fact> {
  /** From 1, without gaps, within the realm. */
  readonly seq: number;
  readonly at: EpochMs;
  readonly fact: F;
}

/** An entry of a log that merges many realms. */
export interface LogEntry<F extends Fact = Fact> extends RealmEntry<F> {
  /** Place in this log, from 1. `source.realm` and `seq` name it everywhere. */
  readonly index: number;
  readonly source: Source;
}

/** What one realm hands over at a time; on a channel, a `WireBatch`. */
export interface Batch {
  readonly protocol: number;
  readonly source: Source;
  readonly entries: readonly RealmEntry[];
  /** Entries between the asked-for place and the first one here that are lost. */
  readonly missed: number;
}
