import {expect} from '@esm-bundle/chai';
import {createBodyCache} from '../../../../inspector-core/engine/storage/body-cache.js';
import {whenSucceeded} from '../../../../inspector-core/engine/storage/database.js';
import {bytes, newFetch} from '../support/fetches.js';
import {
  countRows,
  deleteCaches,
  dropCached,
  HAS_CACHE,
  listCaches,
  listCached,
  listNamed,
} from '../support/stored.js';
import {rejection} from '../support/scripted.js';
import {
  commitOf,
  createFetch,
  readBody,
  useDatabase,
} from '../support/stored-fetches.js';

const SCOPE = newFetch().scope;

const database = useDatabase();

type OpenBucket = (name: string) => Promise<unknown>;

/** Does something while buckets are opened in another way. */
async function withBuckets(
  openOtherwise: (open: OpenBucket, name: string) => Promise<unknown>,
  work: () => Promise<void>,
): Promise<void> {
  const manager = Object.getPrototypeOf(
    Reflect.get(navigator, 'storageBuckets'),
  ) as {open: OpenBucket};
  const {open} = manager;
  manager.open = function (this: object, name) {
    return openOtherwise(open.bind(this), name);
  };
  try {
    await work();
  } finally {
    manager.open = open;
  }
}

describe('IdbStorage, of bodies', () => {
  it('stores of a view no more than what it shows', async () => {
    const storage = database.view();
    const key = await createFetch(storage);
    const view = bytes(0, 100).subarray(10, 20);
    await storage.commit(key, commitOf({length: 10}), view);
    const part = await storage.readPart({key, record: 0, generation: 1}, 0);
    expect([...(part?.bytes ?? [])]).to.deep.equal([...bytes(10, 10)]);
    expect(part?.bytes.buffer.byteLength).to.equal(10);
  });

  it('gives large bodies out in pieces, from wherever they are', async function () {
    this.timeout(60_000);
    const storage = database.view({});
    const key = await createFetch(storage);
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
      expect(await listCached(database.name)).to.have.length(2);
    }
    await storage.delete(key);
    expect(await listCached(database.name)).to.deep.equal([]);
  });

  it('frees what a killed worker put and did not acknowledge', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = database.view();
    const key = await createFetch(storage);
    await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
    const bodies = createBodyCache(database.name);
    await bodies?.put(key, 'killed/1', bytes(9, 9));
    await bodies?.put(key + 1, 'killed/2', bytes(0, 9));
    expect(await listCached(database.name)).to.have.length(3);
    await database.view().load(SCOPE);
    expect(await listCached(database.name)).to.have.length(1);
    expect(await listCached(database.name)).to.deep.equal(
      await listNamed(database.name),
    );
    await bodies?.put(key + 1, 'killed/3', bytes(0, 9));
    await database.view().scopes();
    expect(await listCached(database.name)).to.have.length(1);
  });

  it('asks nothing of a cache into which a process put when it crashed', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = database.view();
    const place = {key: await createFetch(storage), record: 0, generation: 1};
    await storage.commit(place.key, commitOf({length: 9}), bytes(0, 9));
    const end = {length: 20, result: 'success', order: 1} as const;
    const silenced = [
      [Cache.prototype, ['put', 'match', 'keys', 'delete']],
      [CacheStorage.prototype, ['match']],
    ] as const;
    const restore: (() => void)[] = [];
    // As Chromium does with such a cache; others answer.
    for (const [owner, names] of silenced) {
      for (const name of names) {
        const method: unknown = Reflect.get(owner, name);
        Reflect.set(owner, name, () => new Promise(() => {}));
        restore.push(() => Reflect.set(owner, name, method));
      }
    }
    const begun = storage.commit(place.key, commitOf(end, 9), bytes(9, 11));
    const failing = rejection(begun);
    const next = database.view();
    try {
      for (let turn = 0; turn < 1_000; turn += 1) {
        if ((await listCaches(database.name)).length > 1) break;
      }
      const [fetch] = await next.load(SCOPE);
      expect(fetch?.records[0]?.progress.length).to.equal(9);
      expect(await listCaches(database.name)).to.have.length(1);
    } finally {
      for (const each of restore) each();
    }
    expect(await failing).to.include('dropped');
    await next.commit(place.key, commitOf(end, 9), bytes(9, 11));
    expect(await readBody(next, place)).to.deep.equal([...bytes(0, 20)]);
  });

  it('frees the cache of a put that failed', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = database.view();
    const key = await createFetch(storage);
    const put = Object.getOwnPropertyDescriptor(Cache.prototype, 'put');
    Cache.prototype.put = () => Promise.reject(new DOMException('', 'Unknown'));
    try {
      const committing = storage.commit(
        key,
        commitOf({length: 9}),
        bytes(0, 9),
      );
      expect(await rejection(committing)).to.include('Unknown');
    } finally {
      Object.defineProperty(Cache.prototype, 'put', put ?? {});
    }
    expect(await listCaches(database.name)).to.deep.equal([]);
    await storage.delete(key);
    expect(await countRows(database.name)).to.equal(0);
  });

  it('opens no bucket for a fetch that has nothing in it', async function () {
    if (!HAS_CACHE) this.skip();
    let opened = 0;
    await withBuckets(
      (open, name) => {
        opened += 1;
        return open(name);
      },
      async () => {
        const storage = database.view({});
        const key = await createFetch(storage);
        await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
        await storage.delete(key);
        expect(opened).to.equal(0);
        const large = await createFetch(storage);
        const size = 2 ** 20;
        await storage.commit(large, commitOf({length: size}), bytes(0, size));
        await storage.delete(large);
        expect(opened).to.be.above(0);
      },
    );
    expect(await createBodyCache(database.name)?.keys()).to.deep.equal([]);
  });

  it('keeps in the database what no bucket is opened for', async function () {
    if (!HAS_CACHE) this.skip();
    const refuse = () => Promise.reject(new DOMException('', 'SecurityError'));
    await withBuckets(refuse, async () => {
      const storage = database.view();
      const key = await createFetch(storage);
      const place = {key, record: 0, generation: 1};
      await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
      const rest = new Blob([bytes(9, 20_000)]);
      const to = 9 + rest.size;
      const end = {length: to, result: 'success', order: 1} as const;
      await storage.commit(key, commitOf(end, 9), rest);
      expect(await readBody(storage, place)).to.deep.equal([...bytes(0, to)]);
      const next = database.view();
      expect(await next.load(SCOPE)).to.have.length(1);
      expect(await readBody(next, place)).to.deep.equal([...bytes(0, to)]);
      await next.delete(key);
    });
    expect(await countRows(database.name)).to.equal(0);
  });

  it('makes no cache of a fetch that is gone', async function () {
    if (!HAS_CACHE) this.skip();
    const bodies = createBodyCache(database.name);
    await bodies?.put(1, 'a', bytes(0, 9));
    await bodies?.delete(1);
    // Who comes late knows nothing of it.
    const late = createBodyCache(database.name);
    await late?.remove(1, ['a']);
    expect(await late?.get(1, 'a')).to.equal(undefined);
    expect(await late?.names(1)).to.deep.equal([]);
    expect(await late?.keys()).to.deep.equal([]);
  });

  it('leaves no cache of a fetch that is deleted while its bytes are put', async function () {
    if (!HAS_CACHE) this.skip();
    this.timeout(60_000);
    const storage = database.view();
    const blob = new Blob([bytes(0, 2 ** 20)]);
    const {size} = blob;
    for (let turn = 0; turn < 20; turn += 1) {
      const key = await createFetch(storage);
      const commit = (record: number): Promise<void> =>
        storage.commit(key, {...commitOf({length: size}), record}, blob);
      // It may be there in time.
      const early = commit(0).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, turn % 5));
      const place = {key, record: 0, generation: 1};
      const reading = storage.readPart(place, 0).catch(() => {});
      const deleting = storage.delete(key);
      const late = rejection(commit(1));
      await Promise.all([early, late, reading, deleting]);
      expect(await listCaches(database.name)).to.deep.equal([]);
    }
  });

  it('keeps what comes after the browser has dropped all', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = database.view();
    const end = {length: 9, result: 'success', order: 1} as const;
    const keep = async (): Promise<readonly number[]> => {
      const key = await createFetch(storage);
      await storage.commit(key, commitOf(end), bytes(0, 9));
      return readBody(storage, {key, record: 0, generation: 1});
    };
    await keep();
    await dropCached();
    expect(await keep()).to.deep.equal([...bytes(0, 9)]);
    // The database begins again with keys that there were before.
    await whenSucceeded(indexedDB.deleteDatabase(database.name));
    await dropCached();
    expect(await keep()).to.deep.equal([...bytes(0, 9)]);
  });

  it('refuses the end of what the browser has dropped meanwhile', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = database.view();
    const end = {length: 20, result: 'success', order: 1} as const;
    for (const drop of [dropCached, () => deleteCaches(database.name)]) {
      const key = await createFetch(storage);
      const other = await createFetch(storage);
      await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
      await drop();
      const ending = storage.commit(key, commitOf(end, 9), bytes(9, 11));
      expect(await rejection(ending)).to.match(/dropped|deleted|not found/i);
      await storage.commit(other, commitOf(end), bytes(0, 20));
      const place = {key: other, record: 0, generation: 1};
      expect(await readBody(storage, place)).to.deep.equal([...bytes(0, 20)]);
      await storage.delete(key);
      await storage.delete(other);
      expect(await listCached(database.name)).to.deep.equal([]);
    }
  });

  it('ends what never answers, for its bucket was dropped', async function () {
    if (!HAS_CACHE) this.skip();
    const storage = database.view();
    const [hanging, other] = [
      await createFetch(storage),
      await createFetch(storage),
    ];
    for (const key of [hanging, other]) {
      await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
    }
    const put = Object.getOwnPropertyDescriptor(Cache.prototype, 'put');
    // As Chromium does now and then with what is under way.
    const begun = new Promise<void>((resolve) => {
      Cache.prototype.put = () => {
        resolve();
        return new Promise(() => {});
      };
    });
    const committing = storage.commit(
      hanging,
      commitOf({length: 20}, 9),
      bytes(9, 11),
    );
    await begun;
    Object.defineProperty(Cache.prototype, 'put', put ?? {});
    await dropCached();
    expect(await rejection(committing)).to.include('dropped');
    // What it has lost, it does not get back with the next bucket.
    await storage.commit(other, commitOf({length: 20}, 9), bytes(9, 11));
    const end = {length: 20, result: 'success', order: 1} as const;
    const ending = storage.commit(other, commitOf(end, 20), undefined);
    expect(await rejection(ending)).to.include('dropped');
    for (const key of [hanging, other]) await storage.delete(key);
    expect(await createBodyCache(database.name)?.keys()).to.deep.equal([]);
  });

  for (const who of ['the next worker', 'the same one'] as const) {
    it(`forgets what the browser has dropped, and goes on before it, in ${who}`, async function () {
      if (!HAS_CACHE) this.skip();
      const storage = database.view();
      const lost = await createFetch(storage);
      const over = await createFetch(storage, {id: 'over'});
      for (const key of [lost, over]) {
        await storage.commit(key, commitOf({length: 2}), bytes(0, 2));
        await storage.commit(key, commitOf({length: 9}, 2), bytes(2, 7));
        const end = {length: 20, result: 'success', order: 1} as const;
        await storage.commit(key, commitOf(end, 9), bytes(9, 11));
      }
      const outcome = {result: 'success', failureReason: ''} as const;
      await storage.update(over, {outcome});
      await dropCached();
      const next = who === 'the same one' ? storage : database.view();
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
  }
});
