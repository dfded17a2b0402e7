import {isExposed} from '../algorithms/record-result.js';
import {NO_PROGRESS} from '../core/complete-a-record.js';
import {Database, whenSucceeded} from './database.js';
import type {
  FetchState,
  FetchStorage,
  NewFetch,
  StoredFetch,
  StoredRecord,
} from './fetch-storage.js';
import {DATABASE_NAME} from './is-used.js';
import {
  FETCHES,
  keysOf,
  PARTS,
  partsBelow,
  RECORDS,
  SCHEMA_STEPS,
} from './schema.js';

interface FetchRow extends NewFetch, FetchState {
  readonly key: number;
  /** False while its requests' bodies are being read. */
  readonly isFinished: boolean;
}

export interface IdbStorageOptions {
  readonly name?: string;
  readonly factory?: IDBFactory;
}

/**
 * Fetches in IndexedDB, with bodies in parts: one file that grows, or one put
 * of a stream, is lost as a whole when the worker is killed.
 */
export function createIdbStorage({
  name = DATABASE_NAME,
  ...options
}: IdbStorageOptions = {}): FetchStorage & {close(): Promise<void>} {
  const database = new Database({name, steps: SCHEMA_STEPS, ...options});

  const read = <T>(
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> => database.transact(stores, 'readonly', work);

  const write = <T>(
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> => database.transact(stores, 'readwrite', work);

  return {
    begin: (fetch, requests) =>
      write([FETCHES, RECORDS], async (transaction) => {
        const row: Omit<FetchRow, 'key'> = {...fetch, isFinished: false};
        const key = Number(
          await whenSucceeded(transaction.objectStore(FETCHES).add(row)),
        );
        const records = transaction.objectStore(RECORDS);
        for (const [index, request] of requests.entries()) {
          const record: StoredRecord = {request, progress: NO_PROGRESS};
          records.add(record, [key, index]);
        }
        return key;
      }),

    appendToBody: (key, record, from, bytes) =>
      write([PARTS], async (transaction) => {
        await whenSucceeded(
          transaction
            .objectStore(PARTS)
            .add(withoutSlack(bytes), [key, record, 0, from]),
        );
      }),

    finish: (key, bodyLengths) =>
      write([FETCHES, RECORDS], async (transaction) => {
        const records = transaction.objectStore(RECORDS);
        for (const [index, bodyLength] of bodyLengths.entries()) {
          if (bodyLength === undefined) continue;
          const record = await getRecord(records, key, index);
          const request = {...record.request, bodyLength};
          records.put({...record, request}, [key, index]);
        }
        await change(transaction, key, {isFinished: true});
      }),

    commit: (key, commit, bytes) =>
      write([RECORDS, PARTS], async (transaction) => {
        const {record: index, generation, from, to, result} = commit;
        const records = transaction.objectStore(RECORDS);
        const parts = transaction.objectStore(PARTS);
        const record = await getRecord(records, key, index);
        const isNew = generation > record.progress.generation;
        const isReadable = isExposed(result);
        if (isReadable && from !== (isNew ? 0 : record.progress.length)) {
          throw new Error(
            `Byte ${from} does not follow what is stored of record ${index}.`,
          );
        }
        if (isNew) parts.delete(partsBelow(key, index, generation));
        if (!isReadable) parts.delete(partsBelow(key, index, Infinity));
        if (isReadable && bytes !== undefined && to > from) {
          parts.put(withoutSlack(bytes), [key, index, generation, from]);
        }
        const {head, order, hasStarted} = commit;
        const changed: StoredRecord = {
          request: record.request,
          progress: {
            response: head,
            generation,
            length: to,
            result,
            order,
            hasStarted,
          },
        };
        await whenSucceeded(records.put(changed, [key, index]));
      }),

    update: (key, changes) =>
      write([FETCHES], (transaction) => change(transaction, key, changes)),

    readPart: ({key, record, generation}, position) =>
      read([PARTS], async (transaction) => {
        const place = [key, record, generation];
        const range = IDBKeyRange.bound([...place, 0], [...place, position]);
        const cursor = await whenSucceeded(
          transaction.objectStore(PARTS).openCursor(range, 'prev'),
        );
        if (cursor === null) return undefined;
        const from = Number((cursor.key as number[])[3]);
        const bytes = cursor.value as Uint8Array<ArrayBuffer>;
        return from + bytes.length > position ? {from, bytes} : undefined;
      }),

    get: (key) =>
      read([FETCHES, RECORDS], async (transaction) => {
        const row = await whenSucceeded<FetchRow | undefined>(
          transaction.objectStore(FETCHES).get(key),
        );
        return row?.isFinished === true
          ? withRecords(transaction, row)
          : undefined;
      }),

    load: (scope) =>
      write([FETCHES, RECORDS, PARTS], async (transaction) => {
        const rows = await getRows(transaction);
        const known = new Set<number>();
        const fetches: StoredFetch[] = [];
        for (const row of rows) {
          if (row.scope === scope && (!row.isFinished || row.isDone)) {
            remove(transaction, row.key);
            continue;
          }
          known.add(row.key);
          if (row.scope !== scope) continue;
          fetches.push(await withRecords(transaction, row));
        }
        await removeOrphans(transaction.objectStore(RECORDS), known);
        await removeOrphans(transaction.objectStore(PARTS), known);
        return fetches;
      }),

    scopes: () =>
      read([FETCHES], async (transaction) => {
        const rows = await getRows(transaction);
        const scopes = new Map<string, readonly number[]>();
        for (const {scope, key} of rows) {
          scopes.set(scope, [...(scopes.get(scope) ?? []), key]);
        }
        return scopes;
      }),

    delete: (key) =>
      write([FETCHES, RECORDS, PARTS], async (transaction) => {
        remove(transaction, key);
        return Promise.resolve();
      }),

    close: () => database.close(),
  };
}

function getRows(transaction: IDBTransaction): Promise<readonly FetchRow[]> {
  return whenSucceeded<FetchRow[]>(transaction.objectStore(FETCHES).getAll());
}

async function withRecords(
  transaction: IDBTransaction,
  row: FetchRow,
): Promise<StoredFetch> {
  const {isFinished: _, ...fetch} = row;
  const records = await whenSucceeded<StoredRecord[]>(
    transaction.objectStore(RECORDS).getAll(keysOf(fetch.key)),
  );
  return {...fetch, records};
}

async function getRecord(
  records: IDBObjectStore,
  key: number,
  index: number,
): Promise<StoredRecord> {
  const record = await whenSucceeded<StoredRecord | undefined>(
    records.get([key, index]),
  );
  if (record === undefined) throw new Error(`Record ${index} is not stored.`);
  return record;
}

async function change(
  transaction: IDBTransaction,
  key: number,
  changes: Partial<FetchRow>,
): Promise<void> {
  const fetches = transaction.objectStore(FETCHES);
  const row = await whenSucceeded<FetchRow | undefined>(fetches.get(key));
  if (row === undefined) throw new Error(`Fetch ${key} is not stored.`);
  await whenSucceeded(fetches.put({...row, ...changes}));
}

function remove(transaction: IDBTransaction, key: number): void {
  transaction.objectStore(FETCHES).delete(key);
  transaction.objectStore(RECORDS).delete(keysOf(key));
  transaction.objectStore(PARTS).delete(keysOf(key));
}

/** Deletes what belongs to no fetch; looks at one key of each fetch only. */
async function removeOrphans(
  store: IDBObjectStore,
  known: ReadonlySet<number>,
): Promise<void> {
  let after: IDBKeyRange | undefined;
  for (;;) {
    const cursor = await whenSucceeded(store.openKeyCursor(after));
    if (cursor === null) return;
    const key = Number((cursor.key as number[])[0]);
    if (!known.has(key)) store.delete(keysOf(key));
    after = IDBKeyRange.lowerBound([key, []], true);
  }
}

/** A view is stored with all of its buffer: so it must have one to itself. */
function withoutSlack(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
