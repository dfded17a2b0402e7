import {createDeferred} from './deferred.js';

/**
 * Attempts at a time to one host. HTTP/1.1 gives a host six connections, for the
 * engine and the app together: whoever takes them all for a large fetch keeps
 * the app's own requests waiting for it to end.
 */
const MOST = 4;

/** Lets attempts go out as long as the app has room beside them, host by host. */
export class Room {
  readonly #most: number;
  readonly #taken = new Map<string, number>();
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(most = MOST) {
    this.#most = most;
  }

  /**
   * Resolves once there is room, first come, first served, with what gives it
   * back. Rejects with the signal's reason.
   */
  async enter(host: string, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted();
    const taken = this.#taken.get(host) ?? 0;
    if (taken >= this.#most) await this.#wait(host, signal);
    else this.#taken.set(host, taken + 1);
    return () => {
      this.#leave(host);
    };
  }

  /** Resolves when another gives its room to this one. */
  async #wait(host: string, signal: AbortSignal): Promise<void> {
    const {promise, resolve} = createDeferred<void>();
    const queue = this.#waiting.get(host) ?? new Set();
    this.#waiting.set(host, queue.add(resolve));
    const stop = (): void => {
      // Who has been given it already gives it on.
      if (!queue.delete(resolve)) this.#leave(host);
      resolve();
    };
    signal.addEventListener('abort', stop);
    await promise;
    signal.removeEventListener('abort', stop);
    signal.throwIfAborted();
  }

  #leave(host: string): void {
    const queue = this.#waiting.get(host) ?? new Set();
    const [next] = queue;
    if (next !== undefined) {
      queue.delete(next);
      next();
      return;
    }
    this.#waiting.delete(host);
    const taken = this.#taken.get(host) ?? 1;
    if (taken > 1) this.#taken.set(host, taken - 1);
    else this.#taken.delete(host);
  }
}
