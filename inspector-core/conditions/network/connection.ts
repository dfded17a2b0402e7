import {networkError} from './network-error.js';

/** Whether there is a network: who waits for it, and who loses it. */
export class Connection {
  /** Of each attempt that runs. */
  readonly #cuts = new Set<(error: unknown) => void>();
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
      for (const cut of this.#cuts) cut(networkError());
    }
  }

  /** An attempt begins; what it gives is called when it ends. */
  enter(cut: (error: unknown) => void): () => void {
    this.#cuts.add(cut);
    return () => {
      this.#cuts.delete(cut);
    };
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
