import {ask} from './ask.js';

/**
 * Large parts of bodies, outside the database: the Cache API takes them twice as
 * fast as IndexedDB, and Blobs without reading them. Each fetch has two caches,
 * for a browser puts into one cache one part at a time.
 *
 * In a storage bucket of their own: many an app's worker deletes, when it is
 * activated, all caches that it does not know.
 */
export interface BodyCache {
  put(
    key: number,
    name: string,
    body: Blob | Uint8Array<ArrayBuffer>,
  ): Promise<void>;
  get(key: number, name: string): Promise<Blob | undefined>;
  /** The names of all that is kept of a fetch. */
  names(key: number): Promise<readonly string[]>;
  remove(key: number, names: readonly string[]): Promise<void>;
  /** The fetches of which anything is kept. */
  keys(): Promise<readonly number[]>;
  /** Whether there may be a cache of it: this worker has opened one. */
  mayHave(key: number): boolean;
  /** Whether those that this worker has opened are still the browser's. */
  isKept(key: number): Promise<boolean>;
  /** Holds nothing of a fetch any more: it is freed, or another has its key. */
  forget(key: number): void;
  /** Frees all of a fetch. */
  delete(key: number): Promise<void>;
}

/** Of the Storage Buckets API, as much as is used. */
interface StorageBuckets {
  open(name: string): Promise<{readonly caches: CacheStorage}>;
}

const BUCKET = 'background-fetch-engine';

/** What the names of a fetch's caches end in. */
const LANES = ['', '/2'];

/** Requests have URLs; nothing is ever asked of this one. */
const BASE = 'https://part.invalid/';

/** Undefined where the browser has no buckets. */
export function createBodyCache(name: string): BodyCache | undefined {
  const buckets = findBuckets();
  if (buckets === undefined) return undefined;
  const prefix = `${name}/`;
  /** Asks the bucket's caches. */
  const askCaches = async <T>(
    question: (caches: CacheStorage) => Promise<T>,
  ): Promise<T> => {
    // Each time: of a bucket that was dropped, all fails or, worse, is for nothing.
    const {caches} = await buckets.open(BUCKET);
    return ask(caches, question);
  };
  const opened = new Map<string, Promise<Cache>>();
  const touched = new Set<number>();
  const openCache = (key: number, name: string): Promise<Cache> => {
    const known = opened.get(name);
    if (known !== undefined) return known;
    touched.add(key);
    const opening = askCaches((caches) => caches.open(name));
    opened.set(name, opening);
    opening.catch(() => opened.delete(name));
    return opening;
  };
  const hasCache = (name: string): Promise<boolean> =>
    askCaches((caches) => caches.has(name));
  const cachesOf = (key: number): readonly string[] =>
    LANES.map((lane) => `${prefix}${key}${lane}`);
  /** Only what is there: to open is to create, and the fetch may be gone. */
  const openExisting = async (key: number): Promise<readonly Cache[]> => {
    const found: Cache[] = [];
    for (const name of cachesOf(key)) {
      const exists = opened.has(name) || (await hasCache(name));
      if (exists) found.push(await openCache(key, name));
    }
    return found;
  };
  const forget = (key: number): void => {
    for (const cache of cachesOf(key)) opened.delete(cache);
  };
  let puts = 0;
  const nextCache = (key: number): string => {
    puts += 1;
    return `${prefix}${key}${LANES[puts % LANES.length] ?? ''}`;
  };

  return {
    async put(key, part, body) {
      try {
        const cache = await openCache(key, nextCache(key));
        const response = new Response(body);
        await ask(cache, (it) => it.put(BASE + part, response));
      } catch (error) {
        // The browser may have dropped the bucket: the next put makes another.
        opened.clear();
        throw error;
      }
    },
    async get(key, part) {
      for (const cache of await openExisting(key)) {
        const response = await ask(cache, (it) => it.match(BASE + part));
        if (response !== undefined) return response.blob();
      }
      return undefined;
    },
    async names(key) {
      const names: string[] = [];
      for (const name of cachesOf(key)) {
        if (!(await hasCache(name))) continue;
        const cache = await openCache(key, name);
        const requests = await ask(cache, (it) => it.keys());
        names.push(...requests.map(({url}) => url.slice(BASE.length)));
      }
      return names;
    },
    async remove(key, parts) {
      if (parts.length === 0) return;
      const caches = await openExisting(key);
      await Promise.all(
        caches.flatMap((cache) =>
          parts.map((part) => ask(cache, (it) => it.delete(BASE + part))),
        ),
      );
    },
    async keys() {
      const names = await askCaches((caches) => caches.keys());
      const keys = names
        .filter((each) => each.startsWith(prefix))
        .map((each) => Number.parseInt(each.slice(prefix.length), 10));
      return [...new Set(keys)];
    },
    mayHave: (key) => touched.has(key),
    async isKept(key) {
      const names: string[] = [];
      for (const name of cachesOf(key)) {
        // What is not yet opened, or could not be, is not missing.
        const cache = await opened.get(name)?.catch(() => undefined);
        if (cache !== undefined) names.push(name);
      }
      if (names.length === 0) return true;
      const found = await askCaches((caches) =>
        Promise.all(names.map((name) => caches.has(name))),
      );
      return found.every(Boolean);
    },
    forget,
    async delete(key) {
      touched.delete(key);
      await askCaches((caches) =>
        Promise.all(cachesOf(key).map((name) => caches.delete(name))),
      );
    },
  };
}

function findBuckets(): StorageBuckets | undefined {
  const buckets: unknown = Reflect.get(navigator, 'storageBuckets');
  return typeof buckets === 'object' && buckets !== null
    ? (buckets as StorageBuckets)
    : undefined;
}
