import type {Clock} from '../../seams/clock.js';

/** How often it is looked whether pages are still there, in milliseconds. */
const INTERVAL_MS = 10_000;

/** Lets go of what pages hold that are gone: they do not say that they go. */
export class HeldByPages {
  readonly #clock: Clock;
  readonly #isThere: (client: string) => Promise<boolean>;
  readonly #release: (hold: number) => void;
  readonly #clients = new Map<number, string>();
  #isWatching = false;

  constructor(
    clock: Clock,
    isThere: (client: string) => Promise<boolean>,
    release: (hold: number) => void,
  ) {
    this.#clock = clock;
    this.#isThere = isThere;
    this.#release = release;
  }

  hold(client: string, hold: number): void {
    this.#clients.set(hold, client);
    if (!this.#isWatching) void this.#watch();
  }

  release(hold: number): void {
    this.#clients.delete(hold);
    this.#release(hold);
  }

  /** After what may have held again what its page has let go meanwhile. */
  check(hold: number): void {
    if (!this.#clients.has(hold)) this.#release(hold);
  }

  async #watch(): Promise<void> {
    this.#isWatching = true;
    while (this.#clients.size > 0) {
      await this.#clock.sleepUntil(this.#clock.now() + INTERVAL_MS);
      for (const client of new Set(this.#clients.values())) {
        // Who cannot be asked is taken to be there.
        const isThere = await this.#isThere(client).catch(() => true);
        if (!isThere) this.#letGo(client);
      }
    }
    this.#isWatching = false;
  }

  #letGo(client: string): void {
    for (const [hold, holder] of this.#clients) {
      if (holder === client) this.release(hold);
    }
  }
}
