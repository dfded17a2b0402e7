import type {BodyCache} from './body-cache.js';
import {whenSucceeded, type Database} from './database.js';
import type {BodyPlace, StoredPart} from './fetch-storage.js';
import type {CachedPart} from './rows.js';
import {CACHED_PARTS, PARTS} from './schema.js';

/** Of a part in the cache, so much is read at a time: it may be large. */
const READ_SIZE = 2 ** 20;

/** A part that was found in the cache, and is likely to be read on. */
interface Opened extends BodyPlace {
  readonly from: number;
  readonly length: number;
  readonly blob: Blob;
}

export interface PartReader {
  read(place: BodyPlace, position: number): Promise<StoredPart | undefined>;
  /** The fetch is freed: nothing may be held of it. */
  forget(key: number): void;
}

/** Reads bodies, wherever their parts are. */
export function createPartReader(
  database: Database,
  bodies: BodyCache | undefined,
): PartReader {
  let last: Opened | undefined;

  const find = (
    {key, record, generation}: BodyPlace,
    position: number,
  ): Promise<readonly (IDBCursorWithValue | null)[]> => {
    const place = [key, record, generation];
    const range = IDBKeyRange.bound([...place, 0], [...place, position]);
    const stores = [PARTS, CACHED_PARTS];
    return database.transact(stores, 'readonly', (transaction) =>
      Promise.all(
        stores.map((name) =>
          whenSucceeded(
            transaction.objectStore(name).openCursor(range, 'prev'),
          ),
        ),
      ),
    );
  };

  return {
    async read(place, position) {
      if (last !== undefined && holds(last, place, position)) {
        return readFrom(last, position);
      }
      const [row, cached] = await find(place, position);
      const rowFrom = fromOf(row);
      const from = fromOf(cached);
      if (rowFrom > from) {
        const bytes = row?.value as Uint8Array<ArrayBuffer>;
        return rowFrom + bytes.length > position
          ? {from: rowFrom, bytes}
          : undefined;
      }
      // No row, and no part in the cache, begins at or before the position.
      if (!cached) return undefined;
      const {name, length} = cached.value as CachedPart;
      if (from + length <= position) return undefined;
      const blob = await bodies?.get(place.key, name);
      if (blob?.size !== length) {
        throw new Error('A part of a body is lost.');
      }
      const {key, record, generation} = place;
      last = {key, record, generation, from, length, blob};
      return readFrom(last, position);
    },
    forget(key) {
      if (last?.key === key) last = undefined;
    },
  };
}

function fromOf(cursor: IDBCursorWithValue | null | undefined): number {
  return cursor ? Number((cursor.key as number[])[3]) : -1;
}

function holds(part: Opened, place: BodyPlace, position: number): boolean {
  return (
    part.key === place.key &&
    part.record === place.record &&
    part.generation === place.generation &&
    position >= part.from &&
    position < part.from + part.length
  );
}

async function readFrom(
  {from, blob}: Opened,
  position: number,
): Promise<StoredPart> {
  const start = position - from;
  const slice = blob.slice(start, start + READ_SIZE);
  return {from: position, bytes: new Uint8Array(await slice.arrayBuffer())};
}
