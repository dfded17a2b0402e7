import type {DownloadRules} from '../profile/record-rules.js';
import {FRUITLESS_ATTEMPTS, retryDelay} from './resuming.js';

/** Counts a record's attempts: when there is another one, and when no more. */
export class Retries {
  readonly #downloads: DownloadRules | undefined;
  /** The most bytes there ever were, and how many attempts did not beat it. */
  #furthest: number;
  #fruitless = 0;
  /** By the rules of a download service: of this attempt, and attempts. */
  #resumptions = 0;
  #failures = 0;

  constructor(received: number, downloads: DownloadRules | undefined) {
    this.#furthest = received;
    this.#downloads = downloads;
  }

  /** False if this attempt, like too many before it, brought nothing new. */
  count(received: number): boolean {
    if (received > this.#furthest) {
      this.#furthest = received;
      this.#fruitless = 0;
    } else {
      this.#fruitless += 1;
    }
    return this.#fruitless < FRUITLESS_ATTEMPTS;
  }

  /** Whether the next attempt that brings nothing new is one too many. */
  get isLast(): boolean {
    return this.#fruitless === FRUITLESS_ATTEMPTS - 1;
  }

  /** Milliseconds until the next attempt. */
  get delay(): number {
    return this.#downloads?.delay ?? retryDelay(this.#fruitless);
  }

  /** A download service takes a broken connection up again at once, so often. */
  resume({resumptions}: DownloadRules): boolean {
    const isAllowed = this.#resumptions < resumptions;
    this.#resumptions = isAllowed ? this.#resumptions + 1 : 0;
    return isAllowed;
  }

  /** All of an attempt of a download service has failed. */
  fail(): void {
    this.#failures += 1;
  }

  /** Whether the download service has given up. */
  get hasGivenUp(): boolean {
    const {attempts} = this.#downloads ?? {};
    return attempts !== undefined && this.#failures >= attempts;
  }
}
