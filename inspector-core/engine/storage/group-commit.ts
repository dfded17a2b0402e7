import type {Database} from './database.js';

type Write<T> = (transaction: IDBTransaction) => Promise<T>;

interface Group {
  readonly writes: Write<unknown>[];
  /** What each of them gives, once all is stored. */
  readonly done: Promise<readonly unknown[]>;
}

/**
 * Group commit: what is to be written while a transaction is under way is
 * written together, in the next. One for each of many small records takes longer
 * than to download them.
 */
export class GroupCommit {
  readonly #database: Database;
  readonly #stores: readonly string[];
  /** The one whose transaction has not begun. */
  #next: Group | undefined;

  constructor(database: Database, stores: readonly string[]) {
    this.#database = database;
    this.#stores = stores;
  }

  /**
   * Resolves with what `write` gives once that is stored. If it fails, nothing
   * of it has happened. It may be called twice, and of the first time nothing is
   * kept: those of a group that fails are written one by one.
   */
  async write<T>(write: Write<T>): Promise<T> {
    const group = (this.#next ??= this.#open());
    const place = group.writes.push(write) - 1;
    try {
      return (await group.done)[place] as T;
    } catch (error) {
      if (group.writes.length === 1) throw error;
      return this.#database.transact(this.#stores, 'readwrite', write);
    }
  }

  #open(): Group {
    const writes: Write<unknown>[] = [];
    const close = (): void => {
      if (this.#next?.writes === writes) this.#next = undefined;
    };
    const done = this.#database
      .transact(this.#stores, 'readwrite', (transaction) => {
        close();
        return Promise.all(writes.map((write) => write(transaction)));
      })
      // It may fail before it begins.
      .finally(close);
    return {writes, done};
  }
}
