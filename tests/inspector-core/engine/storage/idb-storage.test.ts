import {expect} from '@esm-bundle/chai';
import {NO_PROGRESS} from '../../../../inspector-core/engine/core/record.js';
import {whenSucceeded} from '../../../../inspector-core/engine/storage/database.js';
import {classifyStorageError} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {bytes, newFetch, storedRequest} from '../support/fetches.js';
import {head} from '../support/responses.js';
import {
  commitOf,
  createFetch,
  readBody,
  useDatabase,
} from '../support/stored-fetches.js';

const SCOPE = newFetch().scope;

const database = useDatabase();

describe('IdbStorage', () => {
  it('keeps a fetch, its requests and their bodies', async () => {
    const fetch = newFetch({
      title: 'Title',
      icons: [{src: 'icon.png'}],
      downloadTotal: 5,
    });
    const storage = database.view();
    const key = await createFetch(storage, fetch);
    expect(await database.view().load(SCOPE)).to.deep.equal([
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

  it('keeps progress and bytes together, and lets no hole be', async () => {
    const storage = database.view();
    const key = await createFetch(storage);
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
    const [fetch] = await database.view().load(SCOPE);
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
    const storage = database.view();
    const key = await createFetch(storage);
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
    const storage = database.view();
    const key = await createFetch(storage);
    const other = await createFetch(storage, {id: 'other'});
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
    const storage = database.view();
    const key = await createFetch(storage);
    await storage.update(key, {isDone: true});
    const place = {key, record: 1, generation: 0};
    expect(await readBody(storage, place)).to.have.length(8);
    expect(await database.view().load(SCOPE)).to.deep.equal([]);
    expect(await readBody(storage, place)).to.deep.equal([]);
  });

  it('counts what is active outside a scope', async () => {
    const storage = database.view();
    const scope = 'https://example.com/b/';
    await createFetch(storage);
    await createFetch(storage, {scope});
    const paused = await createFetch(storage, {scope});
    await storage.update(paused, {isPaused: true});
    await storage.begin(newFetch({scope}), [storedRequest()]);
    const aborted = await createFetch(storage, {scope});
    await storage.update(aborted, {wasAborted: true});
    const ended = await createFetch(storage, {scope});
    const outcome = {result: 'success', failureReason: ''} as const;
    await storage.update(ended, {outcome});
    expect(await storage.countActiveOutside(SCOPE)).to.equal(2);
    expect(await storage.countActiveOutside(scope)).to.equal(1);
  });

  it('keeps scopes apart, and frees what only its own worker left', async () => {
    const storage = database.view();
    const mine = await createFetch(storage);
    const theirs = await createFetch(storage, {
      scope: 'https://example.com/b/',
    });
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
    const storage = database.view();
    const key = await createFetch(storage);
    const lost = await createFetch(storage, {id: 'lost'});
    await storage.close();
    const raw = await whenSucceeded(indexedDB.open(database.name));
    const open = (store: string, mode?: IDBTransactionMode) =>
      raw.transaction(store, mode).objectStore(store);
    await whenSucceeded(open('fetches', 'readwrite').delete(lost));
    const count = (store: string) => whenSucceeded(open(store).count());
    expect([await count('records'), await count('parts')]).to.deep.equal([
      4, 4,
    ]);
    expect(
      (await database.view().load(SCOPE)).map((row) => row.key),
    ).to.deep.equal([key]);
    expect([await count('records'), await count('parts')]).to.deep.equal([
      2, 2,
    ]);
    raw.close();
  });

  it('begins a transaction when the one before has ended', async () => {
    const storage = database.view();
    const key = await createFetch(storage);
    const begin = Reflect.get(IDBDatabase.prototype, 'transaction') as (
      ...args: Parameters<IDBDatabase['transaction']>
    ) => IDBTransaction;
    let open = 0;
    const others: number[] = [];
    IDBDatabase.prototype.transaction = function (...args) {
      const transaction = begin.apply(this, args);
      others.push(open);
      open += 1;
      transaction.addEventListener('complete', () => {
        open -= 1;
      });
      return transaction;
    };
    try {
      const place = {key, record: 1, generation: 0};
      await Promise.all([
        storage.commit(key, commitOf({length: 4}), bytes(0, 4)),
        storage.readPart(place, 0),
        storage.update(key, {title: 'New'}),
        storage.get(key),
      ]);
    } finally {
      IDBDatabase.prototype.transaction = begin;
    }
    expect(others).to.deep.equal([0, 0, 0, 0]);
  });

  it('says of an error whether space is wanting', () => {
    const quota = new DOMException('', 'QuotaExceededError');
    expect(classifyStorageError(quota)).to.equal('quota');
    expect(classifyStorageError(new DOMException('', 'DataError'))).to.equal(
      'error',
    );
    expect(classifyStorageError('thrown by a page')).to.equal('error');
  });
});
