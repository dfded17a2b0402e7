import {findBuckets, OpenCaches, type OpenCache} from './open-caches.js';

/**
 * Large parts of bodies, outside the database: the Cache API takes them twice as
 * fast as IndexedDB, and Blobs without reading them. Each fetch has two caches,
 * for a browser puts into one cache one part at a time.
 *
 * In a storage bucket of their own: many an app's worker deletes, when it is
 * activated, all caches that it does not know.
 */
export interface BodyCache {
  /** A new fetch has this key: of it, nothing is kept yet. */
  begin(key: number): void;
  /** False where the browser opens no cache for it. */
  put(
    key: number,
    name: string,
    body: Blob | Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
  get(key: number, name: string): Promise<Blob | undefined>;
  /** The names of all that is kept of a fetch. */
  names(key: number): Promise<readonly string[]>;
  /** Whether nothing was dropped of a fetch since its names were listed. */
  isWhole(key: number): Promise<boolean>;
  remove(key: number, names: readonly string[]): Promise<void>;
  /** The fetches of which anything is kept. */
  keys(): Promise<readonly number[]>;
  /** Frees all of a fetch. */
  delete(key: number): Promise<void>;
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
  const keyOf = (cache: string): number =>
    Number.parseInt(cache.slice(prefix.length), 10);
  const cachesOf = (key: number): readonly string[] =>
    LANES.map((lane) => `${prefix}${key}${lane}`);
  /** Fetches of this worker that have no cache yet. */
  const untouched = new Set<number>();
  const broken = new Set<number>();
  const caches = new OpenCaches(buckets, BUCKET, (names) => {
    for (const each of names) broken.add(keyOf(each));
  });
  /** Only what is there: the fetch may be gone. */
  const findCaches = async (key: number): Promise<readonly OpenCache[]> => {
    const found: OpenCache[] = [];
    for (const name of cachesOf(key)) {
      const cache = await caches.find(name);
      if (cache !== undefined) found.push(cache);
    }
    return found;
  };
  const forget = (key: number): void => {
    for (const name of cachesOf(key)) caches.forget(name);
    broken.delete(key);
  };
  let puts = 0;
  const nextCache = (key: number): string => {
    puts += 1;
    return `${prefix}${key}${LANES[puts % LANES.length] ?? ''}`;
  };

  return {
    begin(key) {
      // There may have been an earlier fetch with this key.
      forget(key);
      untouched.add(key);
    },
    async put(key, part, body) {
      untouched.delete(key);
      const cache = await caches.open(nextCache(key)).catch(() => {});
      if (cache === undefined) return false;
      const response = new Response(body);
      await cache.ask((it) => it.put(BASE + part, response));
      return true;
    },
    async get(key, part) {
      for (const cache of await findCaches(key)) {
        const response = await cache.ask((it) => it.match(BASE + part));
        if (response !== undefined) return response.blob();
      }
      return undefined;
    },
    async names(key) {
      // Whoever asks makes do with what there is, not with what there was.
      forget(key);
      const names: string[] = [];
      for (const cache of await findCaches(key)) {
        const requests = await cache.ask((it) => it.keys());
        names.push(...requests.map(({url}) => url.slice(BASE.length)));
      }
      return names;
    },
    isWhole: async (key) =>
      !broken.has(key) && (await caches.areThere(cachesOf(key))),
    async remove(key, parts) {
      if (parts.length === 0) return;
      const found = await findCaches(key);
      await Promise.all(
        found.flatMap((cache) =>
          parts.map((part) => cache.ask((it) => it.delete(BASE + part))),
        ),
      );
    },
    async keys() {
      const names = await caches.ask((it) => it.keys());
      const keys = names.filter((each) => each.startsWith(prefix)).map(keyOf);
      return [...new Set(keys)];
    },
    async delete(key) {
      forget(key);
      // Chromium keeps, as long as the worker lives, each bucket's caches that it
      // was asked for anything.
      if (untouched.delete(key)) return;
      await caches.delete(cachesOf(key));
    },
  };
}
