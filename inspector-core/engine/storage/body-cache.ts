/**
 * Large parts of bodies, outside the database: the Cache API takes them twice as
 * fast as IndexedDB, and Blobs without reading them. One cache for each fetch.
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
  /** Frees all of a fetch. */
  delete(key: number): Promise<void>;
}

/** Of the Storage Buckets API, as much as is used. */
interface StorageBuckets {
  open(name: string): Promise<{readonly caches: CacheStorage}>;
}

const BUCKET = 'background-fetch-engine';

/** Requests have URLs; nothing is ever asked of this one. */
const BASE = 'https://part.invalid/';

/** Undefined where the browser has no buckets. */
export function createBodyCache(name: string): BodyCache | undefined {
  const buckets = findBuckets();
  if (buckets === undefined) return undefined;
  const prefix = `${name}/`;
  let storage: Promise<CacheStorage> | undefined;
  const open = (): Promise<CacheStorage> => {
    storage ??= buckets.open(BUCKET).then(
      ({caches}) => caches,
      (error: unknown) => {
        storage = undefined;
        throw error;
      },
    );
    return storage;
  };
  const opened = new Map<number, Promise<Cache>>();
  const openCache = (key: number): Promise<Cache> => {
    const known = opened.get(key);
    if (known !== undefined) return known;
    const opening = open().then((caches) => caches.open(`${prefix}${key}`));
    opened.set(key, opening);
    opening.catch(() => opened.delete(key));
    return opening;
  };

  return {
    async put(key, part, body) {
      try {
        const cache = await openCache(key);
        await cache.put(BASE + part, new Response(body));
      } catch (error) {
        // The browser may have dropped the bucket: the next put makes another.
        storage = undefined;
        opened.clear();
        throw error;
      }
    },
    async get(key, part) {
      const cache = await openCache(key);
      return (await cache.match(BASE + part))?.blob();
    },
    async names(key) {
      if (!(await (await open()).has(`${prefix}${key}`))) return [];
      const requests = await (await openCache(key)).keys();
      return requests.map(({url}) => url.slice(BASE.length));
    },
    async remove(key, parts) {
      if (parts.length === 0) return;
      const cache = await openCache(key);
      await Promise.all(parts.map((part) => cache.delete(BASE + part)));
    },
    async keys() {
      const names = await (await open()).keys();
      return names
        .filter((each) => each.startsWith(prefix))
        .map((each) => Number(each.slice(prefix.length)));
    },
    async delete(key) {
      opened.delete(key);
      await (await open()).delete(`${prefix}${key}`);
    },
  };
}

function findBuckets(): StorageBuckets | undefined {
  const buckets: unknown = Reflect.get(navigator, 'storageBuckets');
  return typeof buckets === 'object' && buckets !== null
    ? (buckets as StorageBuckets)
    : undefined;
}
