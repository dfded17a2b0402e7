import type {LogEntry, RealmEntry, Source} from '../protocol/protocol.js';
import {weighFact} from './weigh-entry.js';

/** How the oldest entries live on after they were dropped. */
export interface Base<S> {
  readonly initial: S;
  readonly apply: (state: S, entries: readonly LogEntry[]) => S;
}

export interface EventLogOptions<S> {
  /** Entries kept at most; beyond it the oldest fold into the base state. */
  readonly capacity: number;
  /** Characters that they take at most, so that long ones are fewer. */
  readonly weight?: number;
  readonly base: Base<S>;
}

export type LogListener = (appended: readonly LogEntry[]) => void;

/**
 * The append-only log that all sources write to. Bounded: `base` is the fold of
 * everything before `first`, so base plus entries is always the whole story.
 */
export interface EventLog<S> {
  /** Index of the oldest entry kept. */
  readonly first: number;
  /** Index that the next entry will get. */
  readonly next: number;
  readonly base: S;
  append(source: Source, entries: readonly RealmEntry[]): void;
  /** The entry at an index, `undefined` outside `first` … `next`. */
  at(index: number): LogEntry | undefined;
  /** Entries from one index up to, not including, another. */
  slice(from: number, to?: number): readonly LogEntry[];
  subscribe(
    listener: LogListener,
    options?: {readonly signal?: AbortSignal},
  ): void;
}

export function createEventLog<S>(options: EventLogOptions<S>): EventLog<S> {
  return new BoundedLog(options);
}

class BoundedLog<S> implements EventLog<S> {
  readonly #capacity: number;
  readonly #limit: number;
  readonly #fold: Base<S>;
  readonly #listeners = new Set<LogListener>();
  #entries: LogEntry[] = [];
  /** Of each entry. */
  #weights: number[] = [];
  #weight = 0;
  #first = 1;
  #base: S;

  constructor({
    capacity,
    weight = Number.POSITIVE_INFINITY,
    base,
  }: EventLogOptions<S>) {
    if (!Number.isSafeInteger(capacity) || capacity < 1) {
      throw new RangeError(
        `Failed to create the log: capacity must be a whole number of at ` +
          `least 1, but is ${capacity}.`,
      );
    }
    this.#capacity = capacity;
    this.#limit = weight;
    this.#fold = base;
    this.#base = base.initial;
  }

  get first(): number {
    return this.#first;
  }

  get next(): number {
    return this.#first + this.#entries.length;
  }

  get base(): S {
    return this.#base;
  }

  append(source: Source, entries: readonly RealmEntry[]): void {
    if (entries.length === 0) return;
    const start = this.next;
    const appended = entries.map(({seq, at, fact}, offset) => ({
      index: start + offset,
      seq,
      at,
      source,
      fact,
    }));
    for (const entry of appended) {
      const weight = weighFact(entry.fact);
      this.#entries.push(entry);
      this.#weights.push(weight);
      this.#weight += weight;
    }
    this.#foldOldest();
    for (const listener of this.#listeners) listener(appended);
  }

  at(index: number): LogEntry | undefined {
    return this.#entries[index - this.#first];
  }

  slice(from: number, to = this.next): readonly LogEntry[] {
    const start = Math.max(0, from - this.#first);
    return this.#entries.slice(start, Math.max(start, to - this.#first));
  }

  subscribe(
    listener: LogListener,
    {signal}: {signal?: AbortSignal} = {},
  ): void {
    if (signal?.aborted) return;
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener), {
      once: true,
    });
  }

  /** Drops a tenth at once: shifting the array for each entry would be slow. */
  #foldOldest(): void {
    const dropped = this.#countExcess();
    if (dropped === 0) return;
    for (const weight of this.#weights.slice(0, dropped)) {
      this.#weight -= weight;
    }
    this.#weights = this.#weights.slice(dropped);
    this.#base = this.#fold.apply(this.#base, this.#entries.slice(0, dropped));
    this.#entries = this.#entries.slice(dropped);
    this.#first += dropped;
  }

  #countExcess(): number {
    const {length} = this.#entries;
    const excess = length - this.#capacity;
    let dropped =
      excess > 0 ? Math.max(excess, Math.floor(this.#capacity / 10)) : 0;
    if (this.#weight <= this.#limit) return dropped;
    let rest = this.#weight - this.#limit * 0.9;
    for (let index = 0; index < length - 1 && rest > 0; index += 1) {
      rest -= this.#weights[index] ?? 0;
      dropped = Math.max(dropped, index + 1);
    }
    return dropped;
  }
}
