import {expect} from '@esm-bundle/chai';
import {
  Database,
  whenSucceeded,
} from '../../../../inspector-core/engine/storage/database.js';
import {GroupCommit} from '../../../../inspector-core/engine/storage/group-commit.js';
import {rejection} from '../support/scripted.js';

const STORE = 'numbers';

/** Counts the transactions that are begun. */
class CountingDatabase extends Database {
  begun = 0;

  override transact<T>(
    ...[stores, mode, work]: Parameters<Database['transact']>
  ): Promise<T> {
    return super.transact(stores, mode, (transaction) => {
      this.begun += 1;
      return work(transaction) as Promise<T>;
    });
  }
}

describe('GroupCommit', () => {
  let name = '';
  let database: CountingDatabase;
  let group: GroupCommit;

  const add =
    (key: number) =>
    async (transaction: IDBTransaction): Promise<number> => {
      await whenSucceeded(transaction.objectStore(STORE).add('there', key));
      return key * 10;
    };

  const readKeys = (): Promise<IDBValidKey[]> =>
    database.transact([STORE], 'readonly', (transaction) =>
      whenSucceeded(transaction.objectStore(STORE).getAllKeys()),
    );

  const open = (factory = indexedDB): void => {
    name = `group-${crypto.randomUUID()}`;
    database = new CountingDatabase({
      name,
      steps: [(made) => made.createObjectStore(STORE)],
      factory,
    });
    group = new GroupCommit(database, [STORE]);
  };

  beforeEach(() => {
    open();
  });
  afterEach(async () => {
    await database.close();
    await whenSucceeded(indexedDB.deleteDatabase(name));
  });

  it('writes together what comes while a transaction is under way', async () => {
    const first = group.write(async (transaction) => {
      const others = [2, 3, 4].map((key) => group.write(add(key)));
      return {others, own: await add(1)(transaction)};
    });
    const {others, own} = await first;
    expect([own, ...(await Promise.all(others))]).to.deep.equal([
      10, 20, 30, 40,
    ]);
    expect(database.begun).to.equal(2);
    expect(await readKeys()).to.deep.equal([1, 2, 3, 4]);
  });

  it('lets none fail for another', async () => {
    await group.write(add(2));
    const [one, two, three] = [1, 2, 3].map((key) => group.write(add(key)));
    expect(await rejection(two ?? Promise.resolve())).to.match(
      /^ConstraintError/,
    );
    expect(await Promise.all([one, three])).to.deep.equal([10, 30]);
    expect(await readKeys()).to.deep.equal([1, 2, 3]);
    // The group, and each of it.
    expect(database.begun).to.equal(1 + 1 + 3 + 1);
  });

  it('keeps nothing of what fails after it has written', async () => {
    const failing = group.write(async (transaction) => {
      await add(1)(transaction);
      throw new Error('in the middle');
    });
    const other = group.write(add(2));
    expect(await rejection(failing)).to.include('in the middle');
    expect(await other).to.equal(20);
    expect(await readKeys()).to.deep.equal([2]);
  });

  it('tells each that no database can be opened, and tries again', async () => {
    let isBroken = true;
    open({
      open: (name: string, version: number) => {
        if (isBroken) throw new DOMException('', 'UnknownError');
        return indexedDB.open(name, version);
      },
    } as IDBFactory);
    const failing = [1, 2].map((key) => rejection(group.write(add(key))));
    for (const error of await Promise.all(failing)) {
      expect(error).to.match(/^UnknownError/);
    }
    isBroken = false;
    const [three, four] = [3, 4].map((key) => group.write(add(key)));
    expect(await Promise.all([three, four])).to.deep.equal([30, 40]);
    // Together again.
    expect(database.begun).to.equal(1);
  });
});
