import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {
  NO_PROGRESS,
  type RecordProgress,
} from '../../../../inspector-core/engine/core/record.js';
import {
  classifyStorageError,
  type BodyPlace,
  type FetchStorage,
} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {createBodyCache} from '../../../../inspector-core/engine/storage/body-cache.js';
import {createIdbStorage} from '../../../../inspector-core/engine/storage/idb-storage.js';
import {makeVersion1} from '../support/database-version-1.js';
import {injectFault, type Fault} from '../support/faulty-idb.js';
import {bytes, newFetch, storedRequest} from '../support/fetches.js';
import {head} from '../support/responses.js';
import {
  deleteStored,
  dropCached,
  HAS_CACHE,
  listCached,
  listNamed,
} from '../support/stored.js';

const SCOPE = newFetch().scope;

let name = '';
let serial = 0;
let open: {close(): Promise<void>}[] = [];

/** Another worker's view of the same database. */
const openStorage = () => {
  // The smallest bodies of these tests are rows, the others are cached.
  const storage = createIdbStorage({name, smallestCached: 4});
  open.push(storage);
  return storage;
};

const commitOf = (progress: Partial<RecordProgress>, from = 0) => {
  const {response, length, ...rest} = {...NO_PROGRESS, ...progress};
  return {record: 0, head: response, from, to: length, ...rest};
};

/** All bytes of a body that are stored, one part after the other. */
const readBody = async (
  storage: FetchStorage,
  place: BodyPlace,
): Promise<number[]> => {
  const body: number[] = [];
  for (;;) {
    const part = await storage.readPart(place, body.length);
    if (part === undefined) return body;
    body.push(...part.bytes.subarray(body.length - part.from));
  }
};

const create = async (
  storage: FetchStorage,
  options: Parameters<typeof newFetch>[0] = {},
): Promise<number> => {
  const key = await storage.begin(newFetch(options), [
    storedRequest(),
    storedRequest({method: 'POST'}),
  ]);
  await storage.appendToBody(key, 1, 0, bytes(0, 5));
  await storage.appendToBody(key, 1, 5, bytes(5, 3));
  await storage.finish(key, [undefined, 8]);
  return key;
};

beforeEach(() => {
  serial += 1;
  name = `engine-test-${serial}`;
  open = [];
});

afterEach(async () => {
  await Promise.all(open.map((storage) => storage.close()));
  await deleteStored(name);
});

describe('IdbStorage', () => {
  it('keeps a fetch, its requests and their bodies', async () => {
    const fetch = newFetch({
      title: 'Title',
      icons: [{src: 'icon.png'}],
      downloadTotal: 5,
    });
    const storage = openStorage();
    const key = await create(storage, fetch);
    expect(await openStorage().load(SCOPE)).to.deep.equal([
      {
        ...fetch,
        key,
        records: [
          {request: storedRequest(), progress: NO_PROGRESS},
          {
            request: storedRequest({method: 'POST', bodyLength: 8}),
            progress: NO_PROGRESS,
          },
        ],
      },
    ]);
    const place = {key, record: 1, generation: 0};
    expect(await readBody(storage, place)).to.deep.equal([...bytes(0, 8)]);
    const part = await storage.readPart(place, 6);
    expect(part?.from).to.equal(5);
    expect(await storage.readPart(place, 8)).to.equal(undefined);
  });

  it('stores of a view no more than what it shows', async () => {
    const storage = openStorage();
    const key = await create(storage);
    const view = bytes(0, 100).subarray(10, 20);
    await storage.commit(key, commitOf({length: 10}), view);
    const part = await storage.readPart({key, record: 0, generation: 1}, 0);
    expect([...(part?.bytes ?? [])]).to.deep.equal([...bytes(10, 10)]);
    expect(part?.bytes.buffer.byteLength).to.equal(10);
  });

  it('keeps progress and bytes together, and lets no hole be', async () => {
    const storage = openStorage();
    const key = await create(storage);
    const response = head(200, {ETag: '"1"'});
    await storage.commit(key, commitOf({response, length: 4}), bytes(0, 4));
    const far = commitOf({response, length: 9}, 5);
    const refused = await storage.commit(key, far, bytes(5, 4)).catch(String);
    expect(refused).to.include('does not follow');
    const next = commitOf(
      {response, length: 6, result: 'success', order: 1},
      4,
    );
    await storage.commit(key, next, bytes(4, 2));
    const [fetch] = await openStorage().load(SCOPE);
    expect(fetch?.records[0]?.progress).to.deep.equal({
      response,
      generation: 1,
      length: 6,
      result: 'success',
      order: 1,
      hasStarted: false,
    });
    expect(
      await readBody(storage, {key, record: 0, generation: 1}),
    ).to.deep.equal([...bytes(0, 6)]);
  });

  it('frees what is replaced, and what cannot be read any more', async () => {
    const storage = openStorage();
    const key = await create(storage);
    const read = (generation: number) =>
      readBody(storage, {key, record: 0, generation});
    await storage.commit(key, commitOf({length: 4}), bytes(0, 4));
    await storage.commit(
      key,
      commitOf({length: 3, generation: 2}),
      bytes(50, 3),
    );
    expect(await read(1)).to.deep.equal([]);
    expect(await read(2)).to.deep.equal([...bytes(50, 3)]);
    await storage.commit(
      key,
      commitOf({length: 3, generation: 2, result: 'fetch-error'}, 3),
      undefined,
    );
    expect(await read(2)).to.deep.equal([]);
    expect(
      await readBody(storage, {key, record: 1, generation: 0}),
    ).to.deep.equal([...bytes(0, 8)]);
  });

  it('changes a fetch, and deletes it with all that it has', async () => {
    const storage = openStorage();
    const key = await create(storage);
    const other = await create(storage, {id: 'other'});
    await storage.update(key, {title: 'Done', wasAborted: true});
    const outcome = {result: 'failure', failureReason: 'aborted'} as const;
    await storage.update(key, {outcome});
    const [fetch] = await storage.load(SCOPE);
    expect(fetch).to.deep.include({title: 'Done', wasAborted: true, outcome});
    await storage.delete(key);
    expect((await storage.load(SCOPE)).map((left) => left.key)).to.deep.equal([
      other,
    ]);
    expect(
      await readBody(storage, {key, record: 1, generation: 0}),
    ).to.deep.equal([]);
    const gone = await storage.update(key, {title: ''}).catch(String);
    expect(gone).to.include('not stored');
  });

  it('frees, at the next load, what is done', async () => {
    const storage = openStorage();
    const key = await create(storage);
    await storage.update(key, {isDone: true});
    const place = {key, record: 1, generation: 0};
    expect(await readBody(storage, place)).to.have.length(8);
    expect(await openStorage().load(SCOPE)).to.deep.equal([]);
    expect(await readBody(storage, place)).to.deep.equal([]);
  });

  it('keeps scopes apart, and frees what only its own worker left', async () => {
    const storage = openStorage();
    const mine = await create(storage);
    const theirs = await create(storage, {scope: 'https://example.com/b/'});
    const half = await storage.begin(newFetch(), [storedRequest()]);
    await storage.appendToBody(half, 0, 0, bytes(0, 4));
    const theirHalf = await storage.begin(
      newFetch({scope: 'https://example.com/b/'}),
      [storedRequest()],
    );
    await storage.appendToBody(theirHalf, 0, 0, bytes(0, 4));
    expect([...(await storage.scopes())]).to.deep.equal([
      [SCOPE, [mine, half]],
      ['https://example.com/b/', [theirs, theirHalf]],
    ]);
    expect(await storage.load(SCOPE)).to.have.length(1);
    const body = (key: number) =>
      readBody(storage, {key, record: 0, generation: 0});
    expect(await body(half)).to.deep.equal([]);
    expect(await body(theirHalf)).to.deep.equal([...bytes(0, 4)]);
    await storage.finish(theirHalf, [4]);
    expect(
      (await storage.load('https://example.com/b/')).map(({key}) => key),
    ).to.deep.equal([theirs, theirHalf]);
  });

  it('frees records and parts that belong to no fetch', async () => {
    const storage = openStorage();
    const key = await create(storage);
    const lost = await create(storage, {id: 'lost'});
    await storage.close();
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name);
      opening.addEventListener('success', () => {
        resolve(opening.result);
      });
    });
    await new Promise<void>((resolve) => {
      const transaction = database.transaction('fetches', 'readwrite');
      transaction.objectStore('fetches').delete(lost);
      transaction.addEventListener('complete', () => {
        resolve();
      });
    });
    const count = (store: string) =>
      new Promise<number>((resolve) => {
        const counting = database.transaction(store).objectStore(store).count();
        counting.addEventListener('success', () => {
          resolve(counting.result);
        });
      });
    expect([await count('records'), await count('parts')]).to.deep.equal([
      4, 4,
    ]);
    expect(
      (await openStorage().load(SCOPE)).map((row) => row.key),
    ).to.deep.equal([key]);
    expect([await count('records'), await count('parts')]).to.deep.equal([
      2, 2,
    ]);
    database.close();
  });

  it('opens its database again after it had to close it', async () => {
    const storage = openStorage();
    const key = await create(storage);
    await storage.close();
    expect((await storage.load(SCOPE)).map((row) => row.key)).to.deep.equal([
      key,
    ]);
  });

  it('gives way to a newer engine, and does not harm its database', async () => {
    const storage = openStorage();
    await create(storage);
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(name, 1_000);
      opening.addEventListener('success', () => {
        resolve(opening.result);
      });
      opening.addEventListener('blocked', () => {
        reject(new Error('The older engine stood in the way.'));
      });
    });
    const refused: unknown = await storage.load(SCOPE).catch((error) => error);
    expect(refused).to.have.property('name', 'VersionError');
    const begun: unknown = await create(storage).catch((error) => error);
    expect(begun).to.have.property('name', 'VersionError');
    const count = await new Promise((resolve) => {
      const counting = newer
        .transaction('records')
        .objectStore('records')
        .count();
      counting.addEventListener('success', () => {
        resolve(counting.result);
      });
    });
    expect(count, 'nothing is lost').to.equal(2);
    newer.close();
  });

  it('says of an error whether space is wanting', () => {
    const quota = new DOMException('', 'QuotaExceededError');
    expect(classifyStorageError(quota)).to.equal('quota');
    expect(classifyStorageError(new DOMException('', 'DataError'))).to.equal(
      'error',
    );
    expect(classifyStorageError('thrown by a page')).to.equal('error');
  });

  it('gives large bodies out in pieces, from wherever they are', async function () {
    this.timeout(60_000);
    const storage = createIdbStorage({name});
    open.push(storage);
    const key = await create(storage);
    const sizes = [70_000, 3_000_000, 5, 9_000_000];
    let from = 0;
    for (const size of sizes) {
      const part = bytes(from, size);
      const to = from + size;
      // As bytes, or as the browser has them.
      const body = size > 5_000_000 ? new Blob([part]) : part;
      await storage.commit(key, commitOf({length: to}, from), body);
      from = to;
    }
    const place = {key, record: 0, generation: 1};
    let position = 0;
    let reads = 0;
    while (position < from) {
      const part = await storage.readPart(place, position);
      if (part === undefined) throw new Error('There is no part.');
      const expected = bytes(part.from, part.bytes.length);
      expect(indexedDB.cmp(part.bytes, expected)).to.equal(0);
      expect(part.from).to.be.at.most(position);
      position = part.from + part.bytes.length;
      reads += 1;
    }
    expect(position).to.equal(from);
    expect(await storage.readPart(place, from)).to.equal(undefined);
    if (HAS_CACHE) {
      expect(reads).to.be.greaterThan(10);
      expect(await listCached(name)).to.have.length(2);
    }
    await storage.delete(key);
    expect(await listCached(name)).to.deep.equal([]);
  });

  it('frees what a killed worker put and did not acknowledge', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = openStorage();
    const key = await create(storage);
    await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
    const bodies = createBodyCache(name);
    await bodies?.put(key, 'killed/1', bytes(9, 9));
    await bodies?.put(key + 1, 'killed/2', bytes(0, 9));
    expect(await listCached(name)).to.have.length(3);
    await openStorage().load(SCOPE);
    expect(await listCached(name)).to.have.length(1);
    expect(await listCached(name)).to.deep.equal(await listNamed(name));
    await bodies?.put(key + 1, 'killed/3', bytes(0, 9));
    await openStorage().scopes();
    expect(await listCached(name)).to.have.length(1);
  });

  it('is no worker’s any more that another has taken over from', async () => {
    const storage = openStorage();
    const key = await create(storage);
    await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
    const next = openStorage();
    await next.load(SCOPE);
    const late = commitOf({length: 15}, 9);
    const refused = await storage.commit(key, late, bytes(9, 6)).catch(String);
    expect(refused).to.include('taken the fetch over');
    await next.commit(key, commitOf({length: 14}, 9), bytes(9, 5));
    const place = {key, record: 0, generation: 1};
    expect(await readBody(next, place)).to.deep.equal([...bytes(0, 14)]);
    expect(await listCached(name)).to.deep.equal(await listNamed(name));
  });

  it('forgets what the browser has dropped, and goes on before it', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = openStorage();
    const lost = await create(storage);
    const over = await create(storage, {id: 'over'});
    for (const key of [lost, over]) {
      await storage.commit(key, commitOf({length: 2}), bytes(0, 2));
      await storage.commit(key, commitOf({length: 9}, 2), bytes(2, 7));
      const end = {length: 20, result: 'success', order: 1} as const;
      await storage.commit(key, commitOf(end, 9), bytes(9, 11));
    }
    const outcome = {result: 'success', failureReason: ''} as const;
    await storage.update(over, {outcome});
    await dropCached();
    const next = openStorage();
    const [first, second] = await next.load(SCOPE);
    expect(first?.records[0]?.progress).to.deep.include({
      length: 2,
      result: '',
      order: 0,
    });
    const place = {key: lost, record: 0, generation: 1};
    expect(await readBody(next, place)).to.deep.equal([...bytes(0, 2)]);
    const again = commitOf({length: 20, result: 'success', order: 1}, 2);
    await next.commit(lost, again, bytes(2, 18));
    expect(await readBody(next, place)).to.deep.equal([...bytes(0, 20)]);
    // What has concluded cannot be begun again.
    expect(second?.records[0]?.progress).to.deep.include({
      length: 20,
      result: 'success',
    });
    const read = await next.readPart({...place, key: over}, 5).catch(String);
    expect(read).to.include('lost');
  });

  it('takes over the database of an older version', async () => {
    await makeVersion1(name);
    const storage = openStorage();
    const [fetch] = await storage.load(SCOPE);
    const key = fetch?.key ?? 0;
    expect(fetch).to.deep.include({id: 'old', downloadTotal: 30});
    expect(fetch?.records.map(({progress}) => progress.length)).to.deep.equal([
      9, 0,
    ]);
    await storage.commit(key, commitOf({length: 20}, 9), bytes(9, 11));
    const place = {key, record: 0, generation: 1};
    expect(await readBody(storage, place)).to.deep.equal([...bytes(0, 20)]);
    expect(
      await readBody(storage, {key, record: 1, generation: 0}),
    ).to.deep.equal([...bytes(0, 8)]);
    await storage.delete(key);
    expect((await storage.scopes()).size).to.equal(0);
  });

  it('holds what a map in memory holds, whatever is done', async function () {
    this.timeout(60_000);
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`storage seed: ${seed}`);
    const step = fc.record({
      action: fc.constantFrom('commit', 'commit', 'replace', 'fail', 'reopen'),
      fetch: fc.nat(1),
      record: fc.nat(1),
      length: fc.nat(20),
      skip: fc.constantFrom(0, 0, 0, 1),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, {maxLength: 25}), async (steps) => {
        let storage = openStorage();
        const keys = [await create(storage), await create(storage, {id: 'b'})];
        const model = new Map(
          keys.flatMap((key) =>
            [0, 1].map((record) => [
              `${key} ${record}`,
              {key, record, generation: 1, body: [] as number[], failed: false},
            ]),
          ),
        );
        for (const {action, fetch, record, length, skip} of steps) {
          if (action === 'reopen') {
            await storage.close();
            storage = openStorage();
            continue;
          }
          const state = model.get(`${keys[fetch]} ${record}`);
          if (state === undefined || state.failed) continue;
          const isNew = action === 'replace';
          const from = (isNew ? 0 : state.body.length) + skip;
          const added = bytes(from, length);
          const commit = commitOf(
            {
              generation: state.generation + (isNew ? 1 : 0),
              length: from + (action === 'fail' ? 0 : length),
              result: action === 'fail' ? 'fetch-error' : '',
            },
            from,
          );
          const isStored = await storage
            .commit(state.key, {...commit, record}, added)
            .then(
              () => true,
              () => false,
            );
          expect(isStored).to.equal(skip === 0 || action === 'fail');
          if (!isStored) continue;
          state.generation = commit.generation;
          state.failed = action === 'fail';
          if (state.failed) state.body = [];
          else state.body = [...(isNew ? [] : state.body), ...added];
        }
        for (const {key, record, generation, body} of model.values()) {
          expect(
            await readBody(storage, {key, record, generation}),
          ).to.deep.equal(body);
        }
        for (const key of keys) await storage.delete(key);
        expect((await storage.scopes()).size).to.equal(0);
      }),
      {numRuns: 100, seed},
    );
  });
});

describe('IdbStorage when IndexedDB fails', () => {
  const calls: readonly ((
    storage: FetchStorage,
    key: number,
  ) => Promise<unknown>)[] = [
    (storage, key) => storage.commit(key, commitOf({length: 4}), bytes(0, 4)),
    (storage, key) =>
      storage.commit(key, commitOf({length: 8}, 4), bytes(4, 4)),
    (storage, key) =>
      storage.commit(
        key,
        commitOf({length: 2, generation: 2, result: 'success', order: 1}),
        bytes(60, 2),
      ),
    (storage, key) => storage.update(key, {title: 'New'}),
    (storage) => create(storage, {id: 'second'}),
    (storage, key) => storage.delete(key),
  ];

  /** All that a next worker would find. */
  const dump = async (): Promise<unknown> => {
    const storage = openStorage();
    const fetches = await storage.load(SCOPE);
    const bodies = await Promise.all(
      fetches.flatMap(({key}) =>
        [0, 1].flatMap((record) =>
          [0, 1, 2].map((generation) =>
            readBody(storage, {key, record, generation}),
          ),
        ),
      ),
    );
    await storage.close();
    expect(await listCached(name), 'no orphans').to.deep.equal(
      await listNamed(name),
    );
    return {fetches: fetches.map((fetch) => ({...fetch, key: 0})), bodies};
  };

  const run = async (fault: Fault, always: boolean): Promise<number> => {
    let survived = 0;
    for (const [index, call] of calls.entries()) {
      for (let point = 1; ; point += 1) {
        name = `${name.split('/')[0]}/${fault}-${always}-${index}-${point}`;
        const first = openStorage();
        const key = await create(first);
        for (const earlier of calls.slice(0, index)) {
          await earlier(first, key);
        }
        await first.close();
        const before = await dump();
        const storage = openStorage();
        await storage.load(SCOPE);
        await storage.close();
        const injected = injectFault(point, fault, always);
        let error: unknown;
        let isDone = false;
        try {
          await call(storage, key);
          isDone = true;
        } catch (thrown) {
          error = thrown;
        }
        const {calls: happened, hasHitCache} = injected.stop();
        if (happened < point) break;
        const after = await dump();
        if (isDone) {
          // There is nothing to abort in opening and beginning; and what of the
          // cache cannot be freed at once is freed later.
          if (!hasHitCache) expect(fault).to.equal('abort');
          expect(after, 'what is done is there').not.to.deep.equal(before);
        } else {
          survived += 1;
          expect(after, 'what failed did nothing').to.deep.equal(before);
          if (fault === 'quota') {
            expect(classifyStorageError(error)).to.equal('quota');
          }
          // And it works again, once the trouble is over.
          const next = openStorage();
          await next.load(SCOPE);
          await call(next, key);
          await next.close();
        }
        await storage.close();
        await deleteStored(name);
      }
    }
    return survived;
  };

  for (const fault of ['throw', 'quota', 'abort'] as const) {
    for (const always of [false, true]) {
      const how = always ? 'from one call on' : 'once';
      it(`does all of a call or nothing, with "${fault}" ${how}`, async function () {
        this.timeout(60_000);
        const survived = await run(fault, always);
        console.log(
          `${fault} ${how}: ${survived} points, ${survived} survived`,
        );
        expect(survived).to.be.greaterThan(calls.length);
      });
    }
  }
});
