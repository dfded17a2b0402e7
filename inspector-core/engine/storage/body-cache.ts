import {ask} from './ask.js';
import {Bucket, findBuckets} from './bucket.js';

/**
 * Large parts of bodies, outside the database: the Cache API takes them twice as
 * fast as IndexedDB, and Blobs without reading them. Each has a cache of its own:
 * Chromium 156 never again reads a cache into which a process was putting
 * something when it crashed, until the browser is started again.
 *
 * In a storage bucket of their own: many an app's worker deletes, when it is
 * activated, all caches that it does not know.
 */
export interface BodyCache {
  /** A new fetch has this key: of it, nothing is kept yet. */
  begin(key: number): void;
  /** False if nothing was ever put of a fetch that has begun in this worker. */
  mayHave(key: number): boolean;
  /** False where the browser opens no cache for it. */
  put(
    key: number,
    name: string,
    body: Blob | Uint8Array<ArrayBuffer>,
  ): Promise<boolean>;
  /** What was put; never settles for what was not put to the end. */
  get(key: number, name: string): Promise<Blob | undefined>;
  /** The names of all that there is of a fetch, put to the end or not. */
  names(key: number): Promise<readonly string[]>;
  /** Whether nothing was dropped of these. */
  areThere(key: number, names: readonly string[]): Promise<boolean>;
  remove(key: number, names: readonly string[]): Promise<void>;
  /** The fetches of which there is anything. */
  keys(): Promise<readonly number[]>;
  /** Frees all of a fetch. */
  delete(key: number): Promise<void>;
}

const BUCKET = 'background-fetch-engine';

/** Requests have URLs; nothing is ever asked of this one. */
const URL_OF_A_PART = 'https://part.invalid/';

/** Undefined where the browser has no buckets. */
export function createBodyCache(name: string): BodyCache | undefined {
  const buckets = findBuckets();
  if (buckets === undefined) return undefined;
  const bucket = new Bucket(buckets, BUCKET);
  /** Fetches of this worker of which nothing was put yet. */
  const untouched = new Set<number>();

  const prefix = `${name}/`;
  const nameOf = (key: number, part: string): string =>
    `${prefix}${key}/${part}`;
  const keyOf = (cacheName: string): number =>
    Number.parseInt(cacheName.slice(prefix.length), 10);

  const list = async (): Promise<readonly string[]> => {
    const names = await bucket.ask((caches) => caches.keys());
    return names.filter((each) => each.startsWith(prefix));
  };
  const listOf = async (key: number): Promise<readonly string[]> =>
    (await list()).filter((each) => keyOf(each) === key);

  const remove = (names: readonly string[]): Promise<unknown> =>
    bucket.ask((caches) =>
      Promise.all(names.map((each) => caches.delete(each))),
    );

  return {
    begin(key) {
      untouched.add(key);
    },
    mayHave: (key) => !untouched.has(key),
    async put(key, part, body) {
      untouched.delete(key);
      const cacheName = nameOf(key, part);
      const opening = bucket.ask((caches) => caches.open(cacheName));
      const cache = await opening.catch(() => {});
      if (cache === undefined) return false;
      const response = new Response(body);
      const putting = ask(cache, (it) => it.put(URL_OF_A_PART, response));
      await bucket.whileThere(cacheName, putting);
      return true;
    },
    async get(key, part) {
      const cacheName = nameOf(key, part);
      const matching = bucket.ask((caches) =>
        caches.match(URL_OF_A_PART, {cacheName}),
      );
      return (await bucket.whileThere(cacheName, matching))?.blob();
    },
    async names(key) {
      const {length} = nameOf(key, '');
      return (await listOf(key)).map((each) => each.slice(length));
    },
    areThere: (key, parts) =>
      bucket.ask(async (caches) => {
        const found = await Promise.all(
          parts.map((part) => caches.has(nameOf(key, part))),
        );
        return !found.includes(false);
      }),
    async remove(key, parts) {
      if (parts.length === 0) return;
      await remove(parts.map((part) => nameOf(key, part)));
    },
    keys: async () => [...new Set((await list()).map(keyOf))],
    async delete(key) {
      // Chromium keeps, as long as the worker lives, each bucket's caches that it
      // was asked for anything.
      if (untouched.delete(key)) return;
      await remove(await listOf(key));
    },
  };
}
