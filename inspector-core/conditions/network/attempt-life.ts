import type {Clock} from '../../seams/clock.js';

/** How long an attempt lasts, and what it ends with if it is cut. */
export class AttemptLife {
  readonly #clock: Clock;
  /** Aborted with what the attempt ends with, when it is cut. */
  readonly #stop = new AbortController();
  /** Aborted when it is over, in whatever way. */
  readonly #over = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get cutSignal(): AbortSignal {
    return this.#stop.signal;
  }

  get overSignal(): AbortSignal {
    return this.#over.signal;
  }

  cut(error: unknown): void {
    if (this.#over.signal.aborted) return;
    this.#stop.abort(error);
    this.end();
  }

  end(): void {
    this.#over.abort();
  }

  /** @param signal what ends it early, if not only the attempt's end */
  async sleep(ms: number, signal = this.#stop.signal): Promise<void> {
    if (ms === Infinity) await whenAborted(signal);
    else await this.#clock.sleepUntil(this.#clock.now() + ms, signal);
  }

  /** What something gives, unless the attempt is cut before. */
  during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([work, whenAborted(this.#stop.signal)]);
  }
}

/** Rejects with the signal's reason when it aborts. */
function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, {once: true});
  });
}
