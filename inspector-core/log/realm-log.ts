import {withoutPrototype} from '../protocol/lists.js';
import type {EpochMs, Fact, RealmEntry} from '../protocol/protocol.js';

/** A run of entries after a given place, and how many before it are lost. */
export interface RealmRead {
  readonly entries: readonly RealmEntry[];
  readonly missed: number;
}

// Captured: a page may replace them later.
const {max, ceil} = Math;
const {apply} = Reflect;
const sliceArray = Array.prototype.slice;

const slice = <T>(list: readonly T[], from: number, to: number): T[] =>
  apply(sliceArray, list, [from, to]) as T[];

export interface RealmLogOptions {
  readonly now: () => EpochMs;
  /** Entries kept until somebody reads them; beyond it the oldest are lost. */
  readonly capacity?: number;
}

/**
 * The log of one realm, in other people's pages: numbers each fact and keeps the
 * newest ones, read or not, so that a reader that comes again (a reloaded panel,
 * a reopened DevTools) takes up where it was.
 */
export class RealmLog {
  readonly #now: () => EpochMs;
  readonly #capacity: number;
  #entries: RealmEntry[] = withoutPrototype([]);
  #next = 1;
  #wake: (() => void) | undefined;

  constructor({now, capacity = 50_000}: RealmLogOptions) {
    this.#now = now;
    this.#capacity = capacity;
  }

  /** Number that the next entry will get. */
  get next(): number {
    return this.#next;
  }

  append(fact: Fact, at: EpochMs = this.#now()): void {
    this.#entries[this.#entries.length] = {seq: this.#next, at, fact};
    this.#next += 1;
    if (this.#entries.length > this.#capacity) {
      const dropped = ceil(this.#capacity / 10);
      const kept = slice(this.#entries, dropped, this.#entries.length);
      this.#entries = withoutPrototype(kept);
    }
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }

  /**
   * Entries that follow number `after`, as many as `budget` allows: an entry
   * costs 1 plus 1 for each member of its lists. At least one if there is any.
   */
  read(after: number, budget: number): RealmRead {
    const first = this.#next - this.#entries.length;
    const from = max(after + 1, first);
    let spent = 0;
    let next = from;
    for (; next < this.#next && spent < budget; next += 1) {
      const entry = this.#entries[next - first];
      if (entry === undefined) break;
      spent += weigh(entry.fact);
    }
    const entries = slice(this.#entries, from - first, next - first);
    return {entries, missed: from - (after + 1)};
  }

  /**
   * Calls back once there is an entry after number `after`: at once if there is
   * one. A second call replaces the first, which is then never called back.
   */
  whenPast(after: number, callback: () => void): void {
    if (this.#next > after + 1) callback();
    else this.#wake = callback;
  }
}

function weigh(fact: Fact): number {
  switch (fact.type) {
    case 'call-started':
      return fact.invocation.method === 'fetch'
        ? 1 + fact.invocation.requests.length
        : 1;
    case 'call-settled':
      return fact.outcome.status === 'fulfilled' &&
        fact.outcome.value.kind === 'records'
        ? 1 + fact.outcome.value.records.length
        : 1;
    case 'records-listed':
      return 1 + fact.records.length;
    default:
      return 1;
  }
}
