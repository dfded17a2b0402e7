import type {AttemptContext} from '../../seams/network.js';
import type {StorageVerdict} from '../../seams/verdict.js';
import type {FoundRule} from './world.js';

interface Failure {
  readonly how: StorageVerdict;
  readonly by: FoundRule;
}

/** Commits that are to fail: the next one of a record, each once. */
export class StorageFailures {
  /** By fetch and record. */
  readonly #due = new Map<number, Map<number, Failure>>();

  add({key, record}: AttemptContext, how: StorageVerdict, by: FoundRule): void {
    const records = this.#due.get(key) ?? new Map<number, Failure>();
    this.#due.set(key, records.set(record, {how, by}));
  }

  /** Undefined, too, where the rule is gone by now. */
  take(key: number, record: number): StorageVerdict | undefined {
    const records = this.#due.get(key);
    const failure = records?.get(record);
    records?.delete(record);
    return failure?.by.holds() === true ? failure.how : undefined;
  }

  forget(key: number): void {
    this.#due.delete(key);
  }

  clear(): void {
    this.#due.clear();
  }
}
