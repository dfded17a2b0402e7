import type {StorageSeam} from '../../seams/world-conditions.js';
import type {StorageVerdict} from '../../seams/verdict.js';

/** Who says what storage fails with. */
export interface StorageJudge {
  /** What a rule has the next commit of a record fail with; asked once. */
  takeVerdict(fetchId: string, record: number): StorageVerdict | undefined;
  /** Takes room for so many bytes of a fetch; false if there is none. */
  occupy(key: number, count: number): boolean;
  /** A fetch and its bytes are gone. */
  vacate(key: number): void;
}

/** Storage that fails where a rule, or a quota, says so. */
export function shapeStorage<S extends StorageSeam>(
  storage: S,
  judge: StorageJudge,
): S {
  /** Commits name their fetch by its key, rules by its id. */
  const ids = new Map<number, string>();
  const occupy = (key: number, count: number): void => {
    if (!judge.occupy(key, count)) throw storageError('quota-exceeded');
  };
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
        id === undefined ? undefined : judge.takeVerdict(id, commit.record);
      if (verdict !== undefined) throw storageError(verdict);
      occupy(key, commit.to - commit.from);
      await storage.commit(key, commit, ...rest);
    },
    async appendToBody(key, record, from, bytes, ...rest) {
      occupy(key, bytes.length);
      await storage.appendToBody(key, record, from, bytes, ...rest);
    },
    async delete(key) {
      ids.delete(key);
      judge.vacate(key);
      await storage.delete(key);
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
