/** What a call of IndexedDB does instead of what it should. */
export type Fault = 'throw' | 'quota' | 'abort';

const POINTS: readonly (readonly [object, readonly string[]])[] = [
  [IDBFactory.prototype, ['open']],
  [IDBDatabase.prototype, ['transaction']],
  [
    IDBObjectStore.prototype,
    ['add', 'put', 'get', 'getAll', 'delete', 'openCursor', 'openKeyCursor'],
  ],
];

/**
 * Makes IndexedDB's own calls fail, of the whole realm: the `point`th one from
 * now on, or, if `always`, all from that one on. Restored by `stop()`, which
 * tells how many calls there were.
 */
export function injectFault(
  point: number,
  fault: Fault,
  always = false,
): {stop(): number} {
  let calls = 0;
  const restore: (() => void)[] = [];
  for (const [owner, names] of POINTS) {
    for (const name of names) {
      const original = Reflect.get(owner, name) as (
        ...args: unknown[]
      ) => unknown;
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
        calls += 1;
        const isHit = always ? calls >= point : calls === point;
        if (isHit && fault === 'throw') {
          throw new DOMException('Injected.', 'UnknownError');
        }
        if (isHit && fault === 'quota') {
          throw new DOMException('Injected.', 'QuotaExceededError');
        }
        const value = Reflect.apply(original, this, args);
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
      return calls;
    },
  };
}
