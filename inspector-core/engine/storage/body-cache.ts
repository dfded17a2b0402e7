import {ask} from './ask.js';
import {Bucket, findBuckets, makeDroppedError} from './bucket.js';

/**
 * Large parts of bodies, outside the database: the Cache API takes them twice as
 * fast as IndexedDB, and Blobs without reading them. Each has a cache of its own:
 * Chromium 156 may never again answer for a cache into which a process was
 * putting something when it crashed, until the browser is started again.
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
  /** What was put; never settles for what was not put to the end. */
  get(key: number, name: string): Promise<Blob | undefined>;
  /** The names of all that there is of a fetch, put to the end or not. */
  names(key: number): Promise<readonly string[]>;
  /**
   * Whether the browser has dropped nothing of a fetch since its names were listed.
   * One part stands for all: of what its user deletes by itself, the readers tell.
   */
  isWhole(key: number): Promise<boolean>;
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
  /** What there is of a fetch, as far as is known, in the order of its coming. */
  const known = new Map<number, Set<string>>();

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

  const isThere = (cacheName: string): Promise<boolean> =>
    bucket.ask((caches) => caches.has(cacheName));

  const remove = (names: readonly string[]): Promise<unknown> =>
    bucket.ask((caches) =>
      Promise.all(names.map((each) => caches.delete(each))),
    );

  return {
    begin(key) {
      untouched.add(key);
      // There may have been an earlier fetch with this key.
      known.set(key, new Set());
    },
    async put(key, part, body) {
      untouched.delete(key);
      const cacheName = nameOf(key, part);
      const opening = bucket.ask((caches) => caches.open(cacheName));
      const cache = await opening.catch(() => {});
      if (cache === undefined) return false;
      const response = new Response(body);
      const putting = ask(cache, (it) => it.put(URL_OF_A_PART, response));
      await bucket.whileThere(cacheName, putting);
      // It may have been for nothing.
      if (!(await isThere(cacheName))) throw makeDroppedError();
      known.get(key)?.add(part);
      return true;
    },
    async get(key, part) {
      const cacheName = nameOf(key, part);
      const response = await bucket.ask((caches) =>
        caches.match(URL_OF_A_PART, {cacheName}),
      );
      return response?.blob();
    },
    async names(key) {
      const {length} = nameOf(key, '');
      const names = (await listOf(key)).map((each) => each.slice(length));
      known.set(key, new Set(names));
      return names;
    },
    async isWhole(key) {
      const parts = known.get(key);
      const [oldest] = parts ?? [];
      if (parts === undefined || oldest === undefined) return true;
      // What was removed meanwhile is not missing.
      return (await isThere(nameOf(key, oldest))) || !parts.has(oldest);
    },
    async remove(key, parts) {
      if (parts.length === 0) return;
      for (const part of parts) known.get(key)?.delete(part);
      await remove(parts.map((part) => nameOf(key, part)));
    },
    keys: async () => [...new Set((await list()).map(keyOf))],
    async delete(key) {
      known.delete(key);
      // Chromium keeps, as long as the worker lives, each bucket's caches that it
      // was asked for anything.
      if (untouched.delete(key)) return;
      await remove(await listOf(key));
    },
  };
}
