import type {Job} from '../driver/job.js';
import type {Random} from '../../seams/random.js';

interface Held {
  readonly job: Job;
  readonly release: () => void;
}

/** What keeps the bytes of responses that were given out, by number. */
export class Holds {
  readonly #held = new Map<number, Held>();
  #last: number;

  constructor(random: Random) {
    // Another worker's numbers must not be taken for this one's.
    this.#last = Math.floor(random() * 2 ** 48);
  }

  add(held: Held): number {
    this.#last += 1;
    this.#held.set(this.#last, held);
    return this.#last;
  }

  /** The job whose bytes a hold keeps; undefined for an earlier worker's. */
  jobOf(hold: number): Job | undefined {
    return this.#held.get(hold)?.job;
  }

  /** Whatever the hold kept before, from now on it is this job. */
  keep(hold: number, job: Job): void {
    const before = this.#held.get(hold);
    if (before?.job === job) return;
    this.#held.set(hold, {job, release: job.use()});
    before?.release();
  }

  release(hold: number): void {
    this.#held.get(hold)?.release();
    this.#held.delete(hold);
  }
}
