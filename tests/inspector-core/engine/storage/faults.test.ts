import {expect} from '@esm-bundle/chai';
import {
  classifyStorageError,
  type FetchStorage,
} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {injectFault, type Fault} from '../support/faulty-idb.js';
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

type Call = (storage: FetchStorage, key: number) => Promise<unknown>;

/** The call of IndexedDB that fails, counted from one, and how. */
interface FaultPlace {
  readonly point: number;
  readonly fault: Fault;
  /** Whether all later ones fail, too. */
  readonly always: boolean;
}

describe('IdbStorage when IndexedDB fails', () => {
  const calls: readonly Call[] = [
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
    (storage) => createFetch(storage, {id: 'second'}),
    (storage, key) => storage.delete(key),
  ];

  /** All that a next worker would find. */
  const dump = async (): Promise<unknown> => {
    const storage = database.view();
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
    expect(await listCached(database.name), 'no orphans').to.deep.equal(
      await listNamed(database.name),
    );
    return {fetches: fetches.map((fetch) => ({...fetch, key: 0})), bodies};
  };

  /** What comes of a call, while one that it makes of IndexedDB fails. */
  const failAt = async (
    call: Call,
    earlier: readonly Call[],
    {point, fault, always}: FaultPlace,
  ): Promise<'done' | 'refused' | 'no such point'> => {
    const first = database.view();
    const key = await createFetch(first);
    for (const done of earlier) await done(first, key);
    await first.close();
    const before = await dump();
    const storage = database.view();
    await storage.load(SCOPE);
    await storage.close();
    const injected = injectFault(point, fault, always);
    const error = await call(storage, key).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    const {calls: happened, hasHitCache} = injected.stop();
    if (happened < point) return 'no such point';
    const after = await dump();
    if (error === undefined) {
      // There is nothing to abort in opening and beginning; and what of the
      // cache cannot be freed at once is freed later.
      if (!hasHitCache) expect(fault).to.equal('abort');
      expect(after, 'what is done is there').not.to.deep.equal(before);
      return 'done';
    }
    expect(after, 'what failed did nothing').to.deep.equal(before);
    if (fault === 'quota') {
      expect(classifyStorageError(error)).to.equal('quota');
    }
    // And it works again, once the trouble is over.
    const next = database.view();
    await next.load(SCOPE);
    await call(next, key);
    return 'refused';
  };

  const run = async (fault: Fault, always: boolean): Promise<number> => {
    let survived = 0;
    for (const [index, call] of calls.entries()) {
      for (let point = 1; ; point += 1) {
        const place = {point, fault, always};
        const came = await failAt(call, calls.slice(0, index), place);
        await database.delete();
        database.renew();
        if (came === 'no such point') break;
        if (came === 'refused') survived += 1;
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

  /** What comes of two commits of one group, while a call of it fails. */
  const failGroupAt = async ({point, fault, always}: FaultPlace) => {
    const storage = database.view({});
    const key = await createFetch(storage);
    await storage.close();
    const injected = injectFault(point, fault, always);
    const outcomes = await Promise.allSettled(
      [0, 1].map((record) => {
        const commit = {...commitOf({length: 4}), record};
        return storage.commit(key, commit, bytes(0, 4));
      }),
    );
    const {calls: happened} = injected.stop();
    const [fetch] = await database.view().load(SCOPE);
    const stored = fetch?.records.map(({progress}) => progress.length);
    return {isThere: happened >= point, outcomes, stored};
  };

  for (const fault of ['throw', 'quota', 'abort'] as const) {
    for (const always of [false, true]) {
      const how = always ? 'from one call on' : 'once';
      it(`does all or nothing of each of a group, with "${fault}" ${how}`, async function () {
        this.timeout(60_000);
        let survived = 0;
        for (let point = 1; ; point += 1) {
          const place = {point, fault, always};
          const {isThere, outcomes, stored} = await failGroupAt(place);
          await database.delete();
          database.renew();
          if (!isThere) break;
          survived += 1;
          expect(stored).to.deep.equal(
            outcomes.map(({status}) => (status === 'fulfilled' ? 4 : 0)),
          );
          for (const outcome of outcomes) {
            if (outcome.status === 'fulfilled') continue;
            // Of what fails once, each is tried again by itself.
            expect(always, 'fails for good').to.equal(true);
            if (fault !== 'quota') continue;
            expect(classifyStorageError(outcome.reason)).to.equal('quota');
          }
        }
        console.log(
          `group, ${fault} ${how}: ${survived} points, ${survived} survived`,
        );
        expect(survived).to.be.greaterThan(8);
      });
    }
  }
});
