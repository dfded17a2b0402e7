import {isExposed} from '../algorithms/record-result.js';
import {NO_PROGRESS} from '../core/complete-a-record.js';
import {createBodyCache, type BodyCache} from './body-cache.js';
import {Database, whenSucceeded} from './database.js';
import type {
  BodyBytes,
  FetchStorage,
  StoredFetch,
  StoredRecord,
} from './fetch-storage.js';
import {DATABASE_NAME} from './is-used.js';
import {mendBodies} from './mend-bodies.js';
import {createPartReader} from './read-part.js';
import {
  changeRow,
  getRecord,
  getRow,
  getRows,
  removeOrphans,
  removeRows,
  requireOwner,
  withRecords,
  type CachedPart,
  type FetchRow,
} from './rows.js';
import {
  CACHED_PARTS,
  FETCHES,
  PARTS,
  partsBelow,
  RECORDS,
  SCHEMA_STEPS,
} from './schema.js';

export interface IdbStorageOptions {
  readonly name?: string;
  readonly factory?: IDBFactory;
  /** Bytes of the smallest part that is kept in the cache, if there is one. */
  readonly smallestCached?: number;
}

/** Smaller parts cost less in the database: one transaction, and no file. */
const SMALLEST_CACHED = 256 * 1024;
/** Of a Blob, where there is no cache. */
const LARGEST_ROW = 4 * 2 ** 20;

const ALL = [FETCHES, RECORDS, PARTS, CACHED_PARTS];

/** A part of a body, as the database is to know it. */
type Kept = CachedPart | readonly Uint8Array<ArrayBuffer>[];

/**
 * Fetches in IndexedDB, with bodies in parts: one file that grows, or one put
 * of a stream, is lost as a whole when the worker is killed. Large parts are in
 * a cache, and count as soon as the database names them.
 */
export function createIdbStorage({
  name = DATABASE_NAME,
  smallestCached = SMALLEST_CACHED,
  ...options
}: IdbStorageOptions = {}): FetchStorage & {close(): Promise<void>} {
  const bodies = createBodyCache(name);
  const database = new Database({name, steps: SCHEMA_STEPS, ...options});
  const reader = createPartReader(database, bodies);
  // No two workers give a part the same name: what one of them puts late is in
  // nobody's way.
  const owner = crypto.getRandomValues(new Uint32Array(4)).join('-');
  let lastName = 0;
  /** By fetch and record: its last commit. */
  const commits = new Map<string, Promise<void>>();

  const read = <T>(
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> => database.transact(stores, 'readonly', work);

  const write = <T>(
    stores: readonly string[],
    work: (transaction: IDBTransaction) => Promise<T>,
  ): Promise<T> => database.transact(stores, 'readwrite', work);

  /** What cannot be freed now is freed by the next worker. */
  const free = async (
    key: number,
    parts: readonly CachedPart[],
  ): Promise<void> => {
    const names = parts.map((part) => part.name);
    await bodies?.remove(key, names).catch(() => {});
  };

  const keep = async (key: number, body: BodyBytes): Promise<Kept> => {
    const length = lengthOf(body);
    if (bodies === undefined || length < smallestCached) return toRows(body);
    lastName += 1;
    const part = {name: `${owner}/${lastName}`, length};
    try {
      await bodies.put(key, part.name, body);
    } catch (error) {
      // It may be there all the same.
      await free(key, [part]);
      throw error;
    }
    return part;
  };

  /** Stores a record's progress; gives the parts that it makes redundant. */
  const commitRows = (
    key: number,
    commit: Parameters<FetchStorage['commit']>[1],
    kept: Kept,
  ): Promise<readonly CachedPart[]> =>
    write(ALL, async (transaction) => {
      const {record: index, generation, from, to, result} = commit;
      const [row, record] = await Promise.all([
        getRow(transaction, key),
        getRecord(transaction, key, index),
      ]);
      requireOwner(row, owner);
      const isNew = generation > record.progress.generation;
      const isReadable = isExposed(result);
      if (isReadable && from !== (isNew ? 0 : record.progress.length)) {
        throw new Error(
          `Byte ${from} does not follow what is stored of record ${index}.`,
        );
      }
      const parts = transaction.objectStore(PARTS);
      const cached = transaction.objectStore(CACHED_PARTS);
      let redundant: readonly CachedPart[] = [];
      if (isNew || !isReadable) {
        const limit = isReadable ? generation : Infinity;
        const range = partsBelow(key, index, limit);
        redundant = await whenSucceeded<CachedPart[]>(cached.getAll(range));
        parts.delete(range);
        cached.delete(range);
      }
      const place = [key, index, generation];
      if ('name' in kept) {
        cached.put(kept, [...place, from]);
      } else {
        let at = from;
        for (const bytes of kept) {
          parts.put(bytes, [...place, at]);
          at += bytes.length;
        }
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
      await whenSucceeded(
        transaction.objectStore(RECORDS).put(changed, [key, index]),
      );
      return redundant;
    });

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
        await changeRow(transaction, key, owner, {isFinished: true});
      }),

    commit(key, commit, body) {
      const {record, from, to, result} = commit;
      const id = `${key}/${record}`;
      const before = commits.get(id);
      const isKept = isExposed(result) && body !== undefined && to > from;
      const keeping = isKept ? keep(key, body) : Promise.resolve([]);
      const run = async (): Promise<void> => {
        // Parts are put side by side, and acknowledged one after the other.
        await Promise.allSettled([before, keeping]);
        const kept = await keeping;
        try {
          await free(key, await commitRows(key, commit, kept));
        } catch (error) {
          if ('name' in kept) await free(key, [kept]);
          throw error;
        } finally {
          if (commits.get(id) === committing) commits.delete(id);
        }
      };
      const committing = run();
      commits.set(id, committing);
      return committing;
    },

    update: (key, changes) =>
      write([FETCHES], (transaction) =>
        changeRow(transaction, key, owner, changes),
      ),

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
      await Promise.allSettled(commits.values());
      const cached = await bodies?.keys().catch(() => undefined);
      const {fetches, known} = await write(ALL, async (transaction) => {
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

    async delete(key) {
      await write(ALL, async (transaction) => {
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

function lengthOf(body: BodyBytes): number {
  return body instanceof Blob ? body.size : body.length;
}

async function toRows(
  body: BodyBytes,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  if (!(body instanceof Blob)) return [withoutSlack(body)];
  const rows: Promise<ArrayBuffer>[] = [];
  for (let from = 0; from < body.size; from += LARGEST_ROW) {
    rows.push(body.slice(from, from + LARGEST_ROW).arrayBuffer());
  }
  return (await Promise.all(rows)).map((row) => new Uint8Array(row));
}

/** A view is stored with all of its buffer: so it must have one to itself. */
function withoutSlack(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}
