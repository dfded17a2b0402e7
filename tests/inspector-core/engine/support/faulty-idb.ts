/** What a call of storage does instead of what it should. */
export type Fault = 'throw' | 'quota' | 'abort';

type Point = readonly [owner: object, names: readonly string[]];

const POINTS: readonly Point[] = [
  [IDBFactory.prototype, ['open']],
  [IDBDatabase.prototype, ['transaction']],
  [
    IDBObjectStore.prototype,
    [
      'add',
      'put',
      'get',
      'getAll',
      'getAllKeys',
      'delete',
      'openCursor',
      'openKeyCursor',
    ],
  ],
  [CacheStorage.prototype, ['open', 'delete', 'keys', 'has']],
  [Cache.prototype, ['put', 'match', 'delete', 'keys']],
  ...bucketPoints(),
];

/** Where the browser has buckets, of which the caches are. */
function bucketPoints(): readonly Point[] {
  const buckets = findBuckets();
  if (typeof buckets !== 'object' || buckets === null) return [];
  return [[Object.getPrototypeOf(buckets) as object, ['open']]];
}

function findBuckets(): unknown {
  return Reflect.get(navigator, 'storageBuckets');
}

const isOfCaches = (owner: unknown): boolean =>
  owner instanceof Cache ||
  owner instanceof CacheStorage ||
  owner === findBuckets();

/**
 * Makes the own calls of IndexedDB and of caches fail, of the whole realm: the
 * `point`th one from now on, or, if `always`, all from that one on. Restored by
 * `stop()`, which tells how many calls there were, and whether it hit a cache's.
 */
export function injectFault(
  point: number,
  fault: Fault,
  always = false,
): {stop(): {readonly calls: number; readonly hasHitCache: boolean}} {
  let calls = 0;
  let hasHitCache = false;
  const restore: (() => void)[] = [];
  for (const [owner, names] of POINTS) {
    for (const name of names) {
      const original = Reflect.get(owner, name) as (
        ...args: unknown[]
      ) => unknown;
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
        calls += 1;
        const isOfCache = isOfCaches(this);
        const isHit = always ? calls >= point : calls === point;
        if (isHit && isOfCache) hasHitCache = true;
        const error = new DOMException(
          'Injected.',
          fault === 'quota' ? 'QuotaExceededError' : 'UnknownError',
        );
        if (isHit && fault !== 'abort') {
          if (isOfCache) return Promise.reject(error);
          throw error;
        }
        const value = Reflect.apply(original, this, args);
        // Done, and said to have failed all the same.
        if (isHit && isOfCache) {
          return (value as Promise<unknown>).then(() => {
            throw error;
          });
        }
        // As when the disk fails after the request was taken.
        if (isHit && this instanceof IDBObjectStore) this.transaction.abort();
        return value;
      });
      restore.push(() => Reflect.set(owner, name, original));
    }
  }
  return {
    stop() {
      for (const undo of restore) undo();
      return {calls, hasHitCache};
    },
  };
}
