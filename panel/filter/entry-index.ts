import type {FetchesState} from '../../inspector-core/projections/state.js';
import type {LogEntry} from '../../inspector-core/protocol/protocol.js';
import {entrySubject} from './entry-subject.js';
import {matchesFilter} from './match-filter.js';
import type {Filter} from './term.js';

/** What is read of a log. */
export interface EntrySource {
  readonly first: number;
  readonly next: number;
  at(index: number): LogEntry | undefined;
}

/**
 * Which entries a table shows. Each entry is looked at once for a filter, in
 * slices of time, so that a flood of entries never holds up a frame: what is
 * left over comes with the next one.
 */
export class EntryIndex {
  readonly #log: EntrySource;
  readonly #fetches: () => FetchesState;
  readonly #clock: () => number;
  #filter: Filter | undefined;
  #matches: number[] = [];
  /** Matches before it have left the log. */
  #dropped = 0;
  /** Matches that were there once and are not any more. */
  #removed = 0;
  /** The next entry to look at. */
  #next: number;
  /** Nothing before the latest `log-cleared` counts. */
  #from: number;

  constructor(
    log: EntrySource,
    fetches: () => FetchesState,
    clock: () => number = () => performance.now(),
  ) {
    this.#log = log;
    this.#fetches = fetches;
    this.#clock = clock;
    this.#next = log.first;
    this.#from = log.first;
  }

  get filter(): Filter | undefined {
    return this.#filter;
  }

  /** Starts over when it is another filter. */
  set filter(filter: Filter | undefined) {
    const next = filter?.terms.length === 0 ? undefined : filter;
    if (next === this.#filter) return;
    this.#filter = next;
    this.restart();
  }

  /** Looks at everything again: what is known of the fetches has changed. */
  restart(): void {
    this.#matches = [];
    this.#dropped = 0;
    this.#next = this.#from;
  }

  get count(): number {
    return this.#filter === undefined
      ? Math.max(0, this.#next - this.#start)
      : this.#matches.length - this.#dropped;
  }

  /** How many rows went from the top since the index began. */
  get removed(): number {
    return this.#filter === undefined ? this.#start : this.#removed;
  }

  /** Whether everything that there is has been looked at. */
  get isComplete(): boolean {
    return this.#next >= this.#log.next;
  }

  /** The log's index of the entry in a row. */
  indexAt(row: number): number | undefined {
    if (row < 0 || row >= this.count) return undefined;
    return this.#filter === undefined
      ? this.#start + row
      : this.#matches[this.#dropped + row];
  }

  /** The row of an entry, or of the next one that is shown. */
  rowOf(index: number): number {
    if (this.#filter === undefined) return index - this.#start;
    let low = this.#dropped;
    let high = this.#matches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#matches[middle] ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    return low - this.#dropped;
  }

  /** Looks at new entries for at most so long; says whether more are left. */
  advance(budgetMs: number): boolean {
    const deadline = this.#clock() + budgetMs;
    const end = this.#log.next;
    this.#next = Math.max(this.#next, this.#start);
    for (let looked = 1; this.#next < end; looked += 1) {
      const entry = this.#log.at(this.#next);
      this.#next += 1;
      if (entry !== undefined) this.#take(entry);
      if (looked % 64 === 0 && this.#clock() >= deadline) break;
    }
    this.#drop();
    return !this.isComplete;
  }

  get #start(): number {
    return Math.max(this.#from, this.#log.first);
  }

  #take(entry: LogEntry): void {
    if (entry.fact.type === 'log-cleared') {
      this.#from = entry.index;
      this.#matches = [];
      this.#dropped = 0;
    }
    if (this.#filter === undefined) return;
    if (matchesFilter(this.#filter, entrySubject(entry, this.#fetches()))) {
      this.#matches.push(entry.index);
    }
  }

  #drop(): void {
    while ((this.#matches[this.#dropped] ?? Infinity) < this.#log.first) {
      this.#dropped += 1;
      this.#removed += 1;
    }
    // Half of it is waste: copying it now costs each match one copy at most.
    if (this.#dropped > 10_000 && this.#dropped > this.#matches.length / 2) {
      this.#matches = this.#matches.slice(this.#dropped);
      this.#dropped = 0;
    }
  }
}
