import type {StorageSeam} from '../../seams/world-conditions.js';
import type {StorageVerdict} from '../../seams/verdict.js';

/** Bytes of a body, from one place of it to another. */
export interface BodyBytes {
  readonly record: number;
  /** Of the response those of a higher one replace all; 0: of the request. */
  readonly generation: number;
  readonly from: number;
  readonly to: number;
}

/** Who says what storage fails with; fetches are told by their key. */
export interface StorageJudge {
  /** What a rule has the next commit of a record fail with; asked once. */
  takeVerdict(key: number, record: number): StorageVerdict | undefined;
  /** Takes room for bytes of a fetch; false if there is none. */
  occupy(key: number, bytes: BodyBytes): boolean;
  /** A fetch and its bytes are gone. */
  vacate(key: number): void;
}

/** Storage that fails where a rule, or a quota, says so. */
export function shapeStorage<S extends StorageSeam>(
  storage: S,
  judge: StorageJudge,
): S {
  const occupy = (key: number, bytes: BodyBytes): void => {
    if (!judge.occupy(key, bytes)) throw storageError('quota-exceeded');
  };
  const shaped: StorageSeam = {
    async commit(key, commit, ...rest) {
      const verdict = judge.takeVerdict(key, commit.record);
      if (verdict !== undefined) throw storageError(verdict);
      occupy(key, commit);
      await storage.commit(key, commit, ...rest);
    },
    async appendToBody(key, record, from, bytes, ...rest) {
      const to = from + bytes.length;
      occupy(key, {record, generation: 0, from, to});
      await storage.appendToBody(key, record, from, bytes, ...rest);
    },
    async delete(key) {
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
