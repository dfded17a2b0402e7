import {ask} from '../../../../inspector-core/engine/storage/ask.js';
import {whenSucceeded} from '../../../../inspector-core/engine/storage/database.js';

/** Whether this browser keeps large parts of bodies in a cache. */
export const HAS_CACHE = 'storageBuckets' in navigator;

const BUCKET = 'background-fetch-engine';

interface Buckets {
  open(name: string): Promise<{readonly caches: CacheStorage}>;
  delete(name: string): Promise<void>;
}

function findBuckets(): Buckets | undefined {
  return HAS_CACHE
    ? (Reflect.get(navigator, 'storageBuckets') as Buckets)
    : undefined;
}

/** Asks the caches of a database's fetches, one after the other. */
async function visitCaches(
  database: string,
  visit: (name: string, caches: CacheStorage) => Promise<void>,
): Promise<void> {
  const bucket = await findBuckets()?.open(BUCKET);
  if (bucket === undefined) return;
  await ask(bucket.caches, async (caches) => {
    for (const name of await caches.keys()) {
      if (name.startsWith(`${database}/`)) await visit(name, caches);
    }
  });
}

/** The names of the caches of a database's fetches, also of empty ones. */
export async function listCaches(database: string): Promise<string[]> {
  const found: string[] = [];
  await visitCaches(database, (name) => {
    found.push(name.slice(database.length + 1));
    return Promise.resolve();
  });
  return found;
}

/** What the engine's cache has of a database's fetches: "fetch name", sorted. */
export async function listCached(database: string): Promise<string[]> {
  const found: string[] = [];
  await visitCaches(database, async (name, caches) => {
    const requests = await ask(await caches.open(name), (it) => it.keys());
    // Each has one part: "database/key/part".
    const part = name.slice(database.length + 1).replace('/', ' ');
    found.push(...requests.map(() => part));
  });
  return found.toSorted();
}

/** The same, of what a database says is in the cache. */
export async function listNamed(name: string): Promise<string[]> {
  const database = await whenSucceeded(indexedDB.open(name));
  const store = database
    .transaction('cached-parts')
    .objectStore('cached-parts');
  const [keys, parts] = await Promise.all([
    whenSucceeded(store.getAllKeys()),
    whenSucceeded<{readonly name: string}[]>(store.getAll()),
  ]);
  database.close();
  return parts
    .map((part, at) => `${(keys[at] as number[])[0]} ${part.name}`)
    .toSorted();
}

/** How many rows a database has, of any kind. */
export async function countRows(name: string): Promise<number> {
  const database = await whenSucceeded(indexedDB.open(name));
  const stores = [...database.objectStoreNames];
  const transaction = database.transaction(stores);
  const counts = await Promise.all(
    stores.map((store) =>
      whenSucceeded(transaction.objectStore(store).count()),
    ),
  );
  database.close();
  return counts.reduce((sum, count) => sum + count, 0);
}

/** As a browser does that needs the space, and takes one bucket for it. */
export async function dropCached(): Promise<void> {
  await findBuckets()?.delete(BUCKET);
}

/** Deletes a database, and what the cache has of its fetches. */
export async function deleteStored(name: string): Promise<void> {
  await whenSucceeded(indexedDB.deleteDatabase(name));
  await deleteCaches(name);
}

/** Deletes what the cache has of a database's fetches. */
export async function deleteCaches(name: string): Promise<void> {
  await visitCaches(name, async (each, caches) => {
    await caches.delete(each);
  });
}
