import type {Snapshot} from '../algorithms/update-an-instance.js';
import {createDeferred} from '../driver/deferred.js';

/** Results that are kept for pages that come late. */
const MOST_RESULTS = 1_000;

/** A page that watches a fetch. */
export class Watch {
  readonly key: number;
  readonly #ended = new AbortController();
  readonly #seen = createDeferred<void>();
  #isSeen = false;

  constructor(key: number) {
    this.key = key;
  }

  /** Aborts when the page has another port, or is told no more. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  get isSeen(): boolean {
    return this.#isSeen;
  }

  /** Resolves when the page has shown the result, or is waited for no more. */
  get seen(): Promise<void> {
    return this.#seen.promise;
  }

  /** The page has shown the result. */
  see(): void {
    this.#isSeen = true;
    this.#seen.resolve();
  }

  end(): void {
    this.#ended.abort();
    this.letGo();
  }

  /** Nobody waits for the page to show the result. */
  letGo(): void {
    this.#seen.resolve();
  }
}

/** Which pages watch which fetches. */
export class Watches {
  // A page says again and again that it watches; the last port is the good one.
  readonly #watches = new Map<string, Watch>();
  readonly #results = new Map<number, Snapshot>();

  get size(): number {
    return this.#watches.size;
  }

  /** A page watches by another port from now on. */
  renew(client: string, key: number): Watch {
    const name = nameOf(client, key);
    this.#watches.get(name)?.end();
    const watch = new Watch(key);
    this.#watches.set(name, watch);
    return watch;
  }

  /** Who is given an instance is about to watch: its first message comes yet. */
  expect(client: string, key: number): void {
    if (!this.#watches.has(nameOf(client, key))) this.renew(client, key);
  }

  /** Resolves when all pages that watch a fetch have shown its result. */
  async whenSeen(key: number): Promise<void> {
    for (;;) {
      const waiting = this.#of(key).filter(([, {isSeen}]) => !isSeen);
      if (waiting.length === 0) return;
      // One may be renewed meanwhile, and is then waited for again.
      await Promise.all(waiting.map(([, {seen}]) => seen));
    }
  }

  /**
   * The fetch is over: pages that are gone are not waited for any more. Who is
   * just too busy to have said that it watches will still want to know how it
   * ended; so will those of which a worker that has just started knows nothing.
   */
  forget(key: number, result?: Snapshot): void {
    const watching = this.#of(key);
    for (const [name, watch] of watching) {
      this.#watches.delete(name);
      watch.letGo();
    }
    const isSeen =
      watching.length > 0 && watching.every((each) => each[1].isSeen);
    if (result !== undefined && !isSeen) {
      this.#results.set(key, {...result, recordsAvailable: false});
    }
    const [oldest] = this.#results.keys();
    if (this.#results.size > MOST_RESULTS && oldest !== undefined) {
      this.#results.delete(oldest);
    }
  }

  /** How a fetch ended that not all pages have seen the result of. */
  resultOf(key: number): Snapshot | undefined {
    return this.#results.get(key);
  }

  #of(key: number): readonly (readonly [string, Watch])[] {
    return [...this.#watches].filter(([, watch]) => watch.key === key);
  }
}

const nameOf = (client: string, key: number): string => `${client} ${key}`;
