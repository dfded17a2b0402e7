import type {SchemaStep} from './database.js';

/** The engine's database: in each origin that ever had an emulated fetch. */
export const DATABASE_NAME = 'background-fetch-engine';

/** One for each version of the database, ever. */
export const SCHEMA_STEPS: readonly SchemaStep[] = [
  (database) => {
    // Keys rise, so that the order of fetches is that of their making.
    database.createObjectStore(FETCHES, {keyPath: 'key', autoIncrement: true});
    // By [fetch, record].
    database.createObjectStore(RECORDS);
    // By [fetch, record, generation, first byte].
    database.createObjectStore(PARTS);
  },
  (database) => {
    // Large parts moved to a cache: what is known of them, by the same key. The
    // parts of fetches that were begun before stay where they are.
    database.createObjectStore(CACHED_PARTS);
  },
];

export const FETCHES = 'fetches';
export const RECORDS = 'records';
export const PARTS = 'parts';
export const CACHED_PARTS = 'cached-parts';

export const ALL_STORES = [FETCHES, RECORDS, PARTS, CACHED_PARTS];

/** All keys that begin with these numbers. */
export function keysOf(...prefix: number[]): IDBKeyRange {
  // An array sorts behind every number.
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

/** The parts of a record's responses below a generation. */
export function partsBelow(
  key: number,
  record: number,
  generation: number,
): IDBKeyRange {
  return IDBKeyRange.bound(
    [key, record, 1],
    [key, record, generation],
    false,
    true,
  );
}

/** The parts of a body that begin at a place, or behind it. */
export function partsFrom(
  key: number,
  record: number,
  generation: number,
  from: number,
): IDBKeyRange {
  return IDBKeyRange.bound(
    [key, record, generation, from],
    [key, record, generation, []],
  );
}
