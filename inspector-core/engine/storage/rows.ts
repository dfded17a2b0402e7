import {whenSucceeded} from './database.js';
import {
  TakenOverError,
  type FetchState,
  type NewFetch,
  type StoredFetch,
  type StoredRecord,
} from './fetch-storage.js';
import {keysOf} from './key-ranges.js';
import {FETCHES, RECORDS, STORES_OF_A_FETCH} from './schema.js';

/** A fetch, without its records. */
export interface FetchRow extends NewFetch, FetchState {
  readonly key: number;
  /** False while its requests' bodies are being read. */
  readonly isFinished: boolean;
  /**
   * The storage that loaded it last: an earlier one, of a worker that is being
   * replaced, stores nothing of it any more.
   */
  readonly owner?: string;
}

/** A part of a body that is in the cache. */
export interface CachedPart {
  readonly name: string;
  readonly length: number;
}

export function getRows(
  transaction: IDBTransaction,
): Promise<readonly FetchRow[]> {
  return whenSucceeded<FetchRow[]>(transaction.objectStore(FETCHES).getAll());
}

export function getRow(
  transaction: IDBTransaction,
  key: number,
): Promise<FetchRow | undefined> {
  return whenSucceeded<FetchRow | undefined>(
    transaction.objectStore(FETCHES).get(key),
  );
}

export async function withRecords(
  transaction: IDBTransaction,
  row: FetchRow,
): Promise<StoredFetch> {
  const {isFinished: _, owner: _owner, ...fetch} = row;
  const records = await whenSucceeded<StoredRecord[]>(
    transaction.objectStore(RECORDS).getAll(keysOf(fetch.key)),
  );
  return {...fetch, records};
}

export async function getRecord(
  transaction: IDBTransaction,
  key: number,
  index: number,
): Promise<StoredRecord> {
  const record = await whenSucceeded<StoredRecord | undefined>(
    transaction.objectStore(RECORDS).get([key, index]),
  );
  if (record === undefined) throw new Error(`Record ${index} is not stored.`);
  return record;
}

/** Refuses an earlier worker what is another's by now. */
export function requireOwner(row: FetchRow | undefined, owner: string): void {
  if (row?.owner !== undefined && row.owner !== owner) {
    throw new TakenOverError('Another worker has taken the fetch over.');
  }
}

export async function changeRow(
  transaction: IDBTransaction,
  key: number,
  owner: string,
  changes: Partial<FetchRow>,
): Promise<FetchRow> {
  const row = await getRow(transaction, key);
  if (row === undefined) throw new Error(`Fetch ${key} is not stored.`);
  requireOwner(row, owner);
  const changed = {...row, ...changes};
  await whenSucceeded(transaction.objectStore(FETCHES).put(changed));
  return changed;
}

/** Removes all rows of a fetch. */
export function removeRows(transaction: IDBTransaction, key: number): void {
  transaction.objectStore(FETCHES).delete(key);
  for (const name of STORES_OF_A_FETCH) {
    transaction.objectStore(name).delete(keysOf(key));
  }
}

/** Deletes what belongs to no fetch; looks at one key of each fetch only. */
export async function removeOrphans(
  transaction: IDBTransaction,
  known: ReadonlySet<number>,
): Promise<void> {
  for (const name of STORES_OF_A_FETCH) {
    const store = transaction.objectStore(name);
    let after: IDBKeyRange | undefined;
    for (;;) {
      const cursor = await whenSucceeded(store.openKeyCursor(after));
      if (cursor === null) break;
      const key = Number((cursor.key as number[])[0]);
      if (!known.has(key)) store.delete(keysOf(key));
      after = IDBKeyRange.lowerBound([key, []], true);
    }
  }
}
