import {NO_PROGRESS} from '../core/record.js';
import {createBodyCache, type BodyCache} from './body-cache.js';
import {Commits} from './commits.js';
import {Database, whenSucceeded} from './database.js';
import type {FetchStorage, StoredFetch, StoredRecord} from './fetch-storage.js';
import {mendBodies} from './mend-bodies.js';
import {createPartReader} from './read-part.js';
import {
  changeRow,
  getRecord,
  getRow,
  getRows,
  removeOrphans,
  removeRows,
  withRecords,
  type FetchRow,
} from './rows.js';
import {
  ALL_STORES,
  DATABASE_NAME,
  FETCHES,
  PARTS,
  RECORDS,
  SCHEMA_STEPS,
} from './schema.js';
import {withoutSlack} from './without-slack.js';

export interface IdbStorageOptions {
  readonly name?: string;
  readonly factory?: IDBFactory;
  /** Bytes of the smallest part that is kept in the cache, if there is one. */
  readonly smallestCached?: number;
}

/**
 * Fetches in IndexedDB, with bodies in parts: one file that grows, or one put
 * of a stream, is lost as a whole when the worker is killed. Large parts are in
 * a cache, and count as soon as the database names them.
 */
export function createIdbStorage({
  name = DATABASE_NAME,
  smallestCached,
  ...options
}: IdbStorageOptions = {}): FetchStorage & {close(): Promise<void>} {
  const bodies = createBodyCache(name);
  const database = new Database({name, steps: SCHEMA_STEPS, ...options});
  const reader = createPartReader(database, bodies);
  // No two workers give a part the same name: what one of them puts late is in
  // nobody's way.
  const owner = crypto.getRandomValues(new Uint32Array(4)).join('-');
  const commits = new Commits({database, bodies, owner, smallestCached});

  const read = <T>(
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> => database.transact(stores, 'readonly', work);

  const write = <T>(
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> => database.transact(stores, 'readwrite', work);

  return {
    keepsBlobs: bodies !== undefined,

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
        // Keys begin again, too, when the browser has dropped the database.
        reader.forget(key);
        bodies?.begin(key);
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
        for (const [index, bodyLength] of bodyLengths.entries()) {
          if (bodyLength === undefined) continue;
          const record = await getRecord(transaction, key, index);
          const request = {...record.request, bodyLength};
          transaction
            .objectStore(RECORDS)
            .put({...record, request}, [key, index]);
        }
        const row = await changeRow(transaction, key, owner, {
          isFinished: true,
        });
        return withRecords(transaction, row);
      }),

    commit: (key, commit, body) => commits.commit(key, commit, body),

    update: (key, changes) =>
      write([FETCHES], async (transaction) => {
        await changeRow(transaction, key, owner, changes);
      }),

    readPart: (place, position) => reader.read(place, position),

    get: (key) =>
      read([FETCHES, RECORDS], async (transaction) => {
        const row = await getRow(transaction, key);
        return row?.isFinished === true
          ? withRecords(transaction, row)
          : undefined;
      }),

    async load(scope) {
      // What this worker began to store earlier is there.
      await commits.whenSettled();
      const cached = await bodies?.keys().catch(() => undefined);
      const {fetches, known} = await write(ALL_STORES, async (transaction) => {
        const rows = await getRows(transaction);
        const known = new Set<number>();
        const fetches: StoredFetch[] = [];
        for (const row of rows) {
          if (row.scope === scope && (!row.isFinished || row.isDone)) {
            removeRows(transaction, row.key);
            continue;
          }
          known.add(row.key);
          if (row.scope !== scope) continue;
          transaction.objectStore(FETCHES).put({...row, owner});
          fetches.push(await withRecords(transaction, row));
        }
        await removeOrphans(transaction, known);
        return {fetches, known};
      });
      // What cannot be looked at is left as it is: its readers will see.
      if (bodies === undefined || cached === undefined) return fetches;
      await freeCaches(bodies, cached, known);
      const isOurs = (part: string): boolean => part.startsWith(owner);
      return Promise.all(
        fetches.map((fetch) =>
          // One whose parts cannot be read does not keep the others from going on.
          mendBodies(database, bodies, fetch, isOurs).catch(() => fetch),
        ),
      );
    },

    async scopes() {
      const cached = await bodies?.keys().catch(() => undefined);
      const rows = await read([FETCHES], getRows);
      const scopes = new Map<string, readonly number[]>();
      for (const {scope, key} of rows) {
        scopes.set(scope, [...(scopes.get(scope) ?? []), key]);
      }
      if (bodies !== undefined && cached !== undefined) {
        await freeCaches(bodies, cached, new Set(rows.map(({key}) => key)));
      }
      return scopes;
    },

    async countActiveOutside(scope) {
      const rows = await read([FETCHES], getRows);
      return rows.filter((row) => row.scope !== scope && isActive(row)).length;
    },

    async delete(key) {
      await write(ALL_STORES, async (transaction) => {
        removeRows(transaction, key);
        return Promise.resolve();
      });
      reader.forget(key);
      // If this fails, `load` and `scopes` see a cache without a fetch.
      await bodies?.delete(key).catch(() => {});
    },

    close: () => database.close(),
  };
}

/** Neither still read in, nor on its way to its event. */
function isActive({isFinished, outcome, wasAborted}: FetchRow): boolean {
  return isFinished && outcome === undefined && wasAborted !== true;
}

/**
 * Frees the caches of fetches that are gone.
 *
 * @param cached listed before `known`: a fetch is stored before it has a cache
 */
async function freeCaches(
  bodies: BodyCache,
  cached: readonly number[],
  known: ReadonlySet<number>,
): Promise<void> {
  const gone = cached.filter((key) => !known.has(key));
  await Promise.all(gone.map((key) => bodies.delete(key).catch(() => {})));
}
