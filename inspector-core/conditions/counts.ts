import type {AttemptContext} from '../seams/network.js';
import type {Remembered} from './memory.js';

/** What is counted while rules are in force: rules are matched by it. */
export class Counts {
  /** Of each rule: how often its effect has come. */
  #fired: number[];
  /** Calls, by the id that they asked for. */
  readonly #calls = new Map<string, number>();
  /** Attempts, by record and fetch: of those that may outlive a worker. */
  readonly #attempts = new Map<string, number>();

  /** @param rules how many there are */
  constructor(rules: number) {
    this.#fired = Array.from({length: rules}, () => 0);
  }

  get fired(): readonly number[] {
    return [...this.#fired];
  }

  get remembered(): Pick<Remembered, 'fired' | 'calls' | 'attempts'> {
    return {
      fired: this.fired,
      calls: [...this.#calls],
      attempts: [...this.#attempts],
    };
  }

  /** Other rules have fired 0 times, and met no call. */
  startRules(rules: number): void {
    this.#fired = Array.from({length: rules}, () => 0);
    this.#calls.clear();
  }

  fire(rule: number): void {
    this.#fired[rule] = (this.#fired[rule] ?? 0) + 1;
  }

  /** The number of a call with this id, from 1, since rules are these. */
  call(fetchId: string): number {
    const call = (this.#calls.get(fetchId) ?? 0) + 1;
    this.#calls.set(fetchId, call);
    return call;
  }

  /**
   * The number of an attempt, from 1. An engine counts from 1 in each worker, and
   * knows of none before it.
   */
  attempt({key, record, attempt}: AttemptContext): number {
    const place = `${record}/${key}`;
    const known = this.#attempts.get(place) ?? 0;
    const number = Math.max(attempt, known + 1);
    this.#attempts.set(place, number);
    return number;
  }

  /** A stored fetch is gone. */
  forget(key: number): void {
    for (const place of this.#attempts.keys()) {
      if (place.endsWith(`/${key}`)) this.#attempts.delete(place);
    }
  }

  clear(): void {
    this.#calls.clear();
    this.#attempts.clear();
  }

  /** Goes on from what an earlier worker counted. */
  recall({fired, calls, attempts}: Remembered): void {
    this.#fired = fired.map((count, rule) => count + (this.#fired[rule] ?? 0));
    for (const [id, count] of calls) this.#calls.set(id, count);
    for (const [place, count] of attempts) this.#attempts.set(place, count);
  }
}
