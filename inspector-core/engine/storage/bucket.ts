import {later} from '../../platform/primordials.js';
import {ask} from './ask.js';

/** Of the Storage Buckets API, as much as is used. */
interface StorageBuckets {
  open(name: string): Promise<{readonly caches: CacheStorage}>;
}

/** What takes longer may never be answered. */
const PATIENCE_MS = 2_000;

/**
 * The caches of a storage bucket. The browser may drop the bucket at any time, or
 * its user delete a cache: then what was opened takes bytes for nothing, fails, or
 * never answers.
 */
export class Bucket {
  readonly #buckets: StorageBuckets;
  readonly #name: string;

  constructor(buckets: StorageBuckets, name: string) {
    this.#buckets = buckets;
    this.#name = name;
  }

  /**
   * Asks them, and again what has no answer after a while: Chromium never answers
   * a part of what it was asked before it drops them.
   *
   * @param question may be asked more than once, and each time be answered
   */
  async ask<T>(question: (caches: CacheStorage) => Promise<T>): Promise<T> {
    let isAnswered = false;
    try {
      return await new Promise<T>((resolve, reject) => {
        const askOnce = (): void => {
          if (isAnswered) return;
          later(askOnce, PATIENCE_MS);
          this.#ask(question).then(resolve, reject);
        };
        askOnce();
      });
    } finally {
      isAnswered = true;
    }
  }

  /**
   * What a cache that is there answers.
   *
   * @throws also if it is dropped before the answer
   */
  async whileThere<T>(cache: string, answer: Promise<T>): Promise<T> {
    const over = new AbortController();
    try {
      return await Promise.race([answer, this.#whenGone(cache, over.signal)]);
    } finally {
      over.abort();
    }
  }

  async #ask<T>(question: (caches: CacheStorage) => Promise<T>): Promise<T> {
    // Each time: of a bucket that was dropped, all fails or, worse, is for nothing.
    const {caches} = await this.#buckets.open(this.#name);
    return ask(caches, question);
  }

  /** Rejects when it is not there, unless all is over before. */
  #whenGone(cache: string, over: AbortSignal): Promise<never> {
    return new Promise((_, reject) => {
      const look = async (): Promise<void> => {
        if (over.aborted) return;
        // What cannot be looked at is taken to be there.
        const isThere = await this.ask((caches) => caches.has(cache)).catch(
          () => true,
        );
        if (isThere) wait();
        else reject(makeDroppedError());
      };
      const wait = (): void => {
        later(() => void look(), PATIENCE_MS);
      };
      wait();
    });
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
