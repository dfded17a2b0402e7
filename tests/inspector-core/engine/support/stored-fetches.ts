import {
  NO_PROGRESS,
  type RecordProgress,
} from '../../../../inspector-core/engine/core/record.js';
import type {
  BodyPlace,
  FetchStorage,
} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {
  createIdbStorage,
  type IdbStorageOptions,
} from '../../../../inspector-core/engine/storage/idb-storage.js';
import {bytes, newFetch, storedRequest} from './fetches.js';
import {deleteStored} from './stored.js';

/** A test's own database. */
class TestDatabase {
  #name = '';
  #views: {close(): Promise<void>}[] = [];

  get name(): string {
    return this.#name;
  }

  /** Another one, with nothing in it. */
  renew(): void {
    this.#name = `engine-test-${crypto.randomUUID()}`;
    this.#views = [];
  }

  /** A worker's view of it. */
  view(
    // The smallest bodies of these tests are rows, the others are cached.
    options: IdbStorageOptions = {smallestCached: 4},
  ): ReturnType<typeof createIdbStorage> {
    const storage = createIdbStorage({...options, name: this.name});
    this.#views.push(storage);
    return storage;
  }

  async delete(): Promise<void> {
    await Promise.all(this.#views.map((storage) => storage.close()));
    await deleteStored(this.name);
  }
}

/** A new database for each test of a file, deleted behind it. */
export function useDatabase(): TestDatabase {
  const database = new TestDatabase();
  beforeEach(() => {
    database.renew();
  });
  afterEach(() => database.delete());
  return database;
}

/** A fetch of two requests, of which the second has a body in two parts. */
export async function createFetch(
  storage: FetchStorage,
  options: Parameters<typeof newFetch>[0] = {},
): Promise<number> {
  const key = await storage.begin(newFetch(options), [
    storedRequest(),
    storedRequest({method: 'POST'}),
  ]);
  await storage.appendToBody(key, 1, 0, bytes(0, 5));
  await storage.appendToBody(key, 1, 5, bytes(5, 3));
  await storage.finish(key, [undefined, 8]);
  return key;
}

/** A commit of the first record, of bytes from a place on. */
export function commitOf(progress: Partial<RecordProgress>, from = 0) {
  const {response, length, ...rest} = {...NO_PROGRESS, ...progress};
  return {record: 0, head: response, from, to: length, ...rest};
}

/** All bytes of a body that are stored, one part after the other. */
export async function readBody(
  storage: FetchStorage,
  place: BodyPlace,
): Promise<number[]> {
  const body: number[] = [];
  for (;;) {
    const part = await storage.readPart(place, body.length);
    if (part === undefined) return body;
    body.push(...part.bytes.subarray(body.length - part.from));
  }
}
