import {networkError} from './network-error.js';
import type {Runner} from './world.js';

/** Whether there is a network: who waits for it, and who loses it. */
export class Connection {
  readonly #runners = new Set<Runner>();
  readonly #onChanged: (isOnline: boolean) => void;
  #waiters: (() => void)[] = [];
  #isOnline: boolean;

  constructor(isOnline: boolean, onChanged: (isOnline: boolean) => void) {
    this.#isOnline = isOnline;
    this.#onChanged = onChanged;
  }

  get isOnline(): boolean {
    return this.#isOnline;
  }

  /** Takes it away, and with it what is under way; or gives it back. */
  set(isOnline: boolean): void {
    if (isOnline === this.#isOnline) return;
    this.#isOnline = isOnline;
    this.#onChanged(isOnline);
    if (isOnline) {
      const waiters = this.#waiters;
      this.#waiters = [];
      for (const resume of waiters) resume();
    } else {
      for (const runner of this.#runners) runner.cut(networkError());
    }
  }

  /** An attempt begins; what it gives is called when it ends. */
  enter(runner: Runner): () => void {
    this.#runners.add(runner);
    return () => {
      this.#runners.delete(runner);
    };
  }

  /** Rules are others: what runs looks whether its own is still there. */
  review(): void {
    for (const runner of this.#runners) runner.review();
  }

  /** Rejects with the signal's reason. */
  async whenOnline(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (!this.#isOnline) {
      await new Promise<void>((resolve, reject) => {
        const stop = (): void => {
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', stop, {once: true});
        this.#waiters.push(() => {
          signal.removeEventListener('abort', stop);
          resolve();
        });
      });
    }
  }
}
