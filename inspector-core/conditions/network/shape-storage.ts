import type {StorageVerdict} from './verdict.js';

/** The parts of the engine's storage that tell, or may fail. */
export interface StorageSeam {
  begin(fetch: {readonly id: string}, ...rest: never): Promise<number>;
  get(key: number): Promise<{readonly id: string} | undefined>;
  load(
    scope: string,
  ): Promise<readonly {readonly id: string; readonly key: number}[]>;
  commit(
    key: number,
    commit: {readonly record: number},
    ...rest: never
  ): Promise<void>;
}

/** What a rule has the next commit of a record fail with; asked once. */
export type TakeVerdict = (
  fetchId: string,
  record: number,
) => StorageVerdict | undefined;

/** Storage whose commits fail where a rule says so. */
export function shapeStorage<S extends StorageSeam>(
  storage: S,
  takeVerdict: TakeVerdict,
): S {
  /** Commits name their fetch by its key, rules by its id. */
  const ids = new Map<number, string>();
  const shaped: StorageSeam = {
    async begin(fetch, ...rest) {
      const key = await storage.begin(fetch, ...rest);
      ids.set(key, fetch.id);
      return key;
    },
    async get(key) {
      const fetch = await storage.get(key);
      if (fetch !== undefined) ids.set(key, fetch.id);
      return fetch;
    },
    async load(scope) {
      const fetches = await storage.load(scope);
      for (const {key, id} of fetches) ids.set(key, id);
      return fetches;
    },
    async commit(key, commit, ...rest) {
      const id = ids.get(key);
      const verdict =
        id === undefined ? undefined : takeVerdict(id, commit.record);
      if (verdict !== undefined) throw storageError(verdict);
      await storage.commit(key, commit, ...rest);
    },
  };
  return new Proxy(storage, {
    get(target, name) {
      if (Object.hasOwn(shaped, name)) return Reflect.get(shaped, name);
      const value: unknown = Reflect.get(target, name);
      // Called on the proxy, a method would not find its private fields.
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/** What IndexedDB fails with: without room, and when the disk does. */
function storageError(verdict: StorageVerdict): DOMException {
  return verdict === 'quota-exceeded'
    ? new DOMException('Brought about by a rule.', 'QuotaExceededError')
    : new DOMException('Brought about by a rule.', 'UnknownError');
}
