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
  readonly #finding = new Map<string, Promise<OpenCache | undefined>>();
  readonly #deleting = new Set<string>();
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
    const known = this.#opened.get(name) ?? this.#finding.get(name);
    // To open what is being deleted is to make it again.
    if (known !== undefined || this.#deleting.has(name)) return known;
    const finding = this.ask((caches) => caches.has(name))
      .then((isThere) => (isThere ? this.open(name) : undefined))
      .finally(() => this.#finding.delete(name));
    this.#finding.set(name, finding);
    return finding;
  }

  async delete(names: readonly string[]): Promise<void> {
    const opening = names.map(async (name) => {
      await this.#finding.get(name)?.catch(() => {});
      await this.#opened.get(name);
    });
    for (const name of names) this.#deleting.add(name);
    try {
      await Promise.allSettled(opening);
      for (const name of names) this.forget(name);
      await this.ask((caches) =>
        Promise.all(names.map((name) => caches.delete(name))),
      );
    } finally {
      for (const name of names) this.#deleting.delete(name);
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
