/**
 * The little of IndexedDB that the engine needs, as promises. It runs in other
 * people's pages, where each kilobyte counts.
 */
import {createSerialQueue} from '../serial-queue.js';

/** One step of the schema: brings the version before it to this one. */
export type SchemaStep = (
  database: IDBDatabase,
  upgrade: IDBTransaction,
) => void;

export interface DatabaseOptions {
  readonly name: string;
  /** Version 1 is made by the first, and so on. Never edited, only added to. */
  readonly steps: readonly SchemaStep[];
  readonly factory?: IDBFactory;
}

/** A database that is opened when it is used, and again if it was closed. */
export class Database {
  readonly #name: string;
  readonly #steps: readonly SchemaStep[];
  readonly #factory: IDBFactory | undefined;
  #opening: Promise<IDBDatabase> | undefined;
  readonly #queue = createSerialQueue();

  constructor({name, steps, factory = findFactory()}: DatabaseOptions) {
    this.#name = name;
    this.#steps = steps;
    this.#factory = factory;
  }

  /**
   * Runs `work` in one transaction, and resolves with its value once all is
   * stored. If it throws, or anything fails, nothing has happened. It may await
   * only requests of this transaction.
   *
   * One at a time: WebKit keeps a transaction that waits for its turn when its
   * worker is stopped. It begins later, with nobody to end it, and the origin's
   * IndexedDB stands still until the browser ends.
   */
  transact<T>(
    stores: readonly string[],
    mode: IDBTransactionMode,
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> {
    return this.#queue(() => this.#transact(stores, mode, work));
  }

  async #transact<T>(
    stores: readonly string[],
    mode: IDBTransactionMode,
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> {
    const database = await this.#open();
    let transaction: IDBTransaction;
    try {
      transaction = this.#begin(database, stores, mode);
    } catch (error) {
      // Closed by the browser, or for an upgrade: the next use opens it again.
      this.#opening = undefined;
      throw error;
    }
    const done = whenDone(transaction);
    try {
      const value = await work(transaction);
      await done;
      return value;
    } catch (error) {
      try {
        transaction.abort();
      } catch {
        // It has ended already, by the same error or with it.
      }
      // The transaction's own reason says more: a request that is aborted for
      // want of space only says that it was aborted.
      const reason = await done.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      throw isAbort(error) && reason !== undefined ? reason : error;
    }
  }

  /** Closes it when what was asked for before has ended. */
  close(): Promise<void> {
    return this.#queue(async () => {
      const opening = this.#opening;
      this.#opening = undefined;
      (await opening)?.close();
    });
  }

  #begin(
    database: IDBDatabase,
    stores: readonly string[],
    mode: IDBTransactionMode,
  ): IDBTransaction {
    // Relaxed survives the death of browser and worker, if not a power cut.
    return database.transaction([...stores], mode, {durability: 'relaxed'});
  }

  #open(): Promise<IDBDatabase> {
    this.#opening ??= this.#connect().catch((error: unknown) => {
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #connect(): Promise<IDBDatabase> {
    if (!this.#factory) throw new DOMException('', 'UnknownError');
    const opening = this.#factory.open(this.#name, this.#steps.length);
    opening.addEventListener('upgradeneeded', ({oldVersion}) => {
      const {result: database, transaction} = opening;
      if (transaction === null) return;
      for (const step of this.#steps.slice(oldVersion)) {
        step(database, transaction);
      }
    });
    const database = await whenSucceeded(opening);
    const forget = (): void => {
      this.#opening = undefined;
    };
    database.addEventListener('close', forget);
    // Or a newer engine in another tab could not upgrade, and we would block it.
    database.addEventListener('versionchange', () => {
      forget();
      database.close();
    });
    return database;
  }
}

/** Undefined, or in Firefox null, where the browser or its user forbids storage. */
export function findFactory(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB;
  } catch {
    return undefined;
  }
}

/** A request's result. */
export function whenSucceeded<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new DOMException('', 'UnknownError'));
    });
  });
}

function whenDone(transaction: IDBTransaction): Promise<void> {
  const done = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => {
      resolve();
    });
    transaction.addEventListener('abort', () => {
      reject(
        transaction.error ??
          new DOMException('The transaction was aborted.', 'AbortError'),
      );
    });
  });
  // Whoever fails first reports; this one may be asked after that, or never.
  done.catch(() => {});
  return done;
}

function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'AbortError';
}
