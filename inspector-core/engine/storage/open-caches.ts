import {later} from '../../platform/primordials.js';
import {ask} from './ask.js';

/** Of the Storage Buckets API, as much as is used. */
interface StorageBuckets {
  open(name: string): Promise<{readonly caches: CacheStorage}>;
}

export interface OpenCache {
  /**
   * Asks it.
   *
   * @throws what the browser does, and if it is dropped before the answer
   */
  ask<T>(question: (cache: Cache) => Promise<T>): Promise<T>;
}

/** For a cache that may be deleted before it is opened. */
interface Search {
  readonly name: string;
  isGone: boolean;
}

/** What takes longer may never be answered. */
const PATIENCE_MS = 2_000;

/**
 * The caches of a storage bucket, and those that this worker has opened. The
 * browser may drop the bucket at any time, or its user delete a cache; then what
 * was opened takes bytes for nothing, fails, or never answers.
 */
export class OpenCaches {
  readonly #buckets: StorageBuckets;
  readonly #bucket: string;
  readonly #onDropped: (names: readonly string[]) => void;
  readonly #opened = new Map<string, Promise<OpenCache>>();
  readonly #searches = new Set<Search>();
  /** Aborted when what has been opened until then was dropped. */
  #dropped = new AbortController();

  /** @param onDropped is told of all that were opened until then */
  constructor(
    buckets: StorageBuckets,
    bucket: string,
    onDropped: (names: readonly string[]) => void,
  ) {
    this.#buckets = buckets;
    this.#bucket = bucket;
    this.#onDropped = onDropped;
  }

  /** Asks the bucket's caches. */
  async ask<T>(question: (caches: CacheStorage) => Promise<T>): Promise<T> {
    // Each time: of a bucket that was dropped, all fails or, worse, is for nothing.
    const {caches} = await this.#buckets.open(this.#bucket);
    return ask(caches, question);
  }

  /** Opens a cache, which is made if it is not there. */
  open(name: string): Promise<OpenCache> {
    const known = this.#opened.get(name);
    if (known !== undefined) return known;
    const {signal} = this.#dropped;
    const opening = this.ask((caches) => caches.open(name)).then(
      (cache): OpenCache => ({
        ask: (question) => this.#askCache(cache, question, signal),
      }),
    );
    this.#opened.set(name, opening);
    opening.catch(() => this.#opened.delete(name));
    return opening;
  }

  /** Opens one that is there. */
  async find(name: string): Promise<OpenCache | undefined> {
    const known = this.#opened.get(name);
    if (known !== undefined) return known;
    const search: Search = {name, isGone: false};
    this.#searches.add(search);
    try {
      const isThere = await this.ask((caches) => caches.has(name));
      if (!isThere || search.isGone) return undefined;
      const cache = await this.open(name);
      if (!search.isGone) return cache;
      // To open it was to make it again.
      await this.delete([name]);
      return undefined;
    } finally {
      this.#searches.delete(search);
    }
  }

  async delete(names: readonly string[]): Promise<void> {
    this.#letGo(names);
    try {
      await this.ask((caches) =>
        Promise.all(names.map((name) => caches.delete(name))),
      );
    } finally {
      // Whoever has opened one meanwhile has lost it.
      this.#onDropped(names.filter((name) => this.#opened.has(name)));
      this.#letGo(names);
    }
  }

  #letGo(names: readonly string[]): void {
    for (const name of names) this.forget(name);
    for (const search of this.#searches) {
      search.isGone ||= names.includes(search.name);
    }
  }

  forget(name: string): void {
    this.#opened.delete(name);
  }

  /** Whether those of these that are open are still the browser's. */
  async areThere(names: Iterable<string>): Promise<boolean> {
    const notYet = Promise.resolve(undefined);
    const open: (readonly [string, Promise<OpenCache>])[] = [];
    for (const name of names) {
      const opening = this.#opened.get(name);
      if (opening === undefined) continue;
      // What is not yet open, or could not be opened, is not missing.
      const cache = await Promise.race([opening, notYet]).catch(() => {});
      if (cache !== undefined) open.push([name, opening]);
    }
    if (open.length === 0) return true;
    const found = await this.ask((caches) =>
      Promise.all(open.map(([name]) => caches.has(name))),
    );
    // Nor is what was forgotten meanwhile.
    return open.every(
      ([name, opening], at) =>
        found[at] === true || this.#opened.get(name) !== opening,
    );
  }

  async #askCache<T>(
    cache: Cache,
    question: (cache: Cache) => Promise<T>,
    dropped: AbortSignal,
  ): Promise<T> {
    const over = new AbortController();
    this.#watch(over.signal);
    try {
      // Chromium never answers a part of what it was asked before it drops it.
      return await Promise.race([
        ask(cache, question),
        whenAborted(dropped, over.signal),
      ]);
    } catch (error) {
      this.#look();
      throw error;
    } finally {
      over.abort();
    }
  }

  #watch(over: AbortSignal): void {
    later(() => {
      if (over.aborted) return;
      this.#look();
      this.#watch(over);
    }, PATIENCE_MS);
  }

  /** What cannot be looked at is taken to be there. */
  #look(): void {
    this.#lookForDropped().catch(() => {});
  }

  /** Lets go of all if one is gone. */
  async #lookForDropped(): Promise<void> {
    const dropped = this.#dropped;
    const names = [...this.#opened.keys()];
    if ((await this.areThere(names)) || dropped !== this.#dropped) return;
    this.#opened.clear();
    this.#dropped = new AbortController();
    this.#onDropped(names);
    dropped.abort(makeDroppedError());
  }
}

/** Undefined where the browser has no buckets. */
export function findBuckets(): StorageBuckets | undefined {
  const buckets: unknown = Reflect.get(navigator, 'storageBuckets');
  return typeof buckets === 'object' && buckets !== null
    ? (buckets as StorageBuckets)
    : undefined;
}

export function makeDroppedError(): DOMException {
  return new DOMException(
    'The browser has dropped what was stored of a body.',
    'UnknownError',
  );
}

/** Rejects with its reason, unless all is over before. */
function whenAborted(signal: AbortSignal, over: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => {
      reject(signal.reason as DOMException);
    };
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, {signal: over});
  });
}
