import {isExposed} from '../algorithms/record-result.js';
import type {BodyCache} from './body-cache.js';
import {whenSucceeded, type Database} from './database.js';
import type {StoredFetch, StoredRecord} from './fetch-storage.js';
import {getRecord, type CachedPart} from './rows.js';
import {keysOf, partsFrom} from './key-ranges.js';
import {CACHED_PARTS, PARTS, RECORDS} from './schema.js';

/**
 * Makes the cache and the database agree on a fetch. A part that the database
 * does not name was put by a worker that was killed before it was acknowledged:
 * it is freed. And the browser may have dropped the cache, not the database:
 * then what is missing is forgotten, and downloaded again.
 *
 * @param isOurs whether a part was put by this worker, which knows what to do
 */
export async function mendBodies(
  database: Database,
  bodies: BodyCache,
  fetch: StoredFetch,
  isOurs: (name: string) => boolean,
): Promise<StoredFetch> {
  const {key} = fetch;
  // In this order: what is named was put before.
  const [places, parts] = await database.transact(
    [CACHED_PARTS],
    'readonly',
    (transaction) => {
      const store = transaction.objectStore(CACHED_PARTS);
      return Promise.all([
        whenSucceeded(store.getAllKeys(keysOf(key))),
        whenSucceeded<CachedPart[]>(store.getAll(keysOf(key))),
      ]);
    },
  );
  const names = new Set(await bodies.names(key));
  const wanted = new Set(parts.map(({name}) => name));
  const orphans = [...names].filter((name) => !wanted.has(name));
  await bodies.remove(
    key,
    orphans.filter((name) => !isOurs(name)),
  );
  const lost = places.filter((_, at) => !names.has(parts[at]?.name ?? ''));
  // What has concluded cannot be begun again: its readers are told.
  if (lost.length === 0 || fetch.outcome !== undefined) return fetch;
  return forget(database, fetch, lost as readonly number[][]);
}

async function forget(
  database: Database,
  fetch: StoredFetch,
  lost: readonly (readonly number[])[],
): Promise<StoredFetch> {
  const {key} = fetch;
  const records = [...fetch.records];
  await database.transact(
    [RECORDS, PARTS, CACHED_PARTS],
    'readwrite',
    async (transaction) => {
      for (const [, index = 0, generation = 0, from = 0] of lost) {
        const record = await getRecord(transaction, key, index);
        const {progress} = record;
        const isStale =
          progress.generation !== generation || from >= progress.length;
        if (isStale || !canRepeat(record)) continue;
        const range = partsFrom(key, index, generation, from);
        transaction.objectStore(PARTS).delete(range);
        transaction.objectStore(CACHED_PARTS).delete(range);
        const changed: StoredRecord = {
          ...record,
          progress: {...progress, length: from, result: '', order: 0},
        };
        await whenSucceeded(
          transaction.objectStore(RECORDS).put(changed, [key, index]),
        );
        records[index] = changed;
      }
    },
  );
  return {...fetch, records};
}

/** Whether the rest of a record may be asked for again. */
function canRepeat({request, progress}: StoredRecord): boolean {
  return request.method === 'GET' && isExposed(progress.result);
}
