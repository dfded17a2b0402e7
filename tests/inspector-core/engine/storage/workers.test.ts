import {expect} from '@esm-bundle/chai';
import {whenSucceeded} from '../../../../inspector-core/engine/storage/database.js';
import {makeVersion1} from '../support/database-version-1.js';
import {bytes, newFetch} from '../support/fetches.js';
import {listCached, listNamed} from '../support/stored.js';
import {
  commitOf,
  createFetch,
  readBody,
  useDatabase,
} from '../support/stored-fetches.js';

const SCOPE = newFetch().scope;

const database = useDatabase();

describe('IdbStorage, of one worker after another', () => {
  it('opens its database again after it had to close it', async () => {
    const storage = database.view();
    const key = await createFetch(storage);
    await storage.close();
    expect((await storage.load(SCOPE)).map((row) => row.key)).to.deep.equal([
      key,
    ]);
  });

  it('gives way to a newer engine, and does not harm its database', async () => {
    const storage = database.view();
    await createFetch(storage);
    const newer = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(database.name, 1_000);
      opening.addEventListener('blocked', () => {
        reject(new Error('The older engine stood in the way.'));
      });
      whenSucceeded(opening).then(resolve, reject);
    });
    const refused: unknown = await storage.load(SCOPE).catch((error) => error);
    expect(refused).to.have.property('name', 'VersionError');
    const begun: unknown = await createFetch(storage).catch((error) => error);
    expect(begun).to.have.property('name', 'VersionError');
    const count = await whenSucceeded(
      newer.transaction('records').objectStore('records').count(),
    );
    expect(count, 'nothing is lost').to.equal(2);
    newer.close();
  });

  it('is no worker’s any more that another has taken over from', async () => {
    const storage = database.view();
    const key = await createFetch(storage);
    await storage.commit(key, commitOf({length: 9}), bytes(0, 9));
    const next = database.view();
    await next.load(SCOPE);
    const late = commitOf({length: 15}, 9);
    const refused = await storage.commit(key, late, bytes(9, 6)).catch(String);
    expect(refused).to.include('taken the fetch over');
    await next.commit(key, commitOf({length: 14}, 9), bytes(9, 5));
    const place = {key, record: 0, generation: 1};
    expect(await readBody(next, place)).to.deep.equal([...bytes(0, 14)]);
    expect(await listCached(database.name)).to.deep.equal(
      await listNamed(database.name),
    );
  });

  it('takes over the database of an older version', async () => {
    await makeVersion1(database.name);
    const storage = database.view();
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
});
