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

/** Those whose keys begin with that of a fetch. */
export const STORES_OF_A_FETCH = [RECORDS, PARTS, CACHED_PARTS];

export const ALL_STORES = [FETCHES, ...STORES_OF_A_FETCH];
