import type {Job} from '../driver/job.js';
import {createSerialQueue} from '../serial-queue.js';

/** Where one fetch of a registration runs at a time: who waits for the others. */
export class Turns {
  #queue = createSerialQueue();
  readonly #waiting = new Set<Job>();

  /** Lets a fetch begin when the one before it has ended. */
  wait(job: Job): void {
    this.#waiting.add(job);
    void this.#queue(async () => {
      this.end(job);
      await job.concluded;
    });
  }

  /** It need not, or not any more, wait for its turn. */
  end(job: Job): void {
    if (this.#waiting.delete(job)) job.begin();
  }

  /** Nobody waits any more, and none of them begins. */
  clear(): void {
    this.#waiting.clear();
    this.#queue = createSerialQueue();
  }
}
