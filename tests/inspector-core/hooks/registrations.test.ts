import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../../inspector-core/platform/background-fetch.js';
import type {RealmEntry} from '../../../inspector-core/protocol/protocol.js';
import {
  closeRealms,
  factsOf,
  hasNativeApi,
  openOwn,
  resource,
  until,
} from '../../support/realms.js';

/** What only the fake can be told to do. */
interface Fake extends BackgroundFetchRegistration {
  fakeTwin(): Fake;
  fakeProgress(downloaded: number): void;
  fakeExpire(): void;
}

/** Each progress that was told: its bytes, and its result. */
const progressOf = (entries: readonly RealmEntry[]) =>
  factsOf(entries, 'registration-progressed').map(({snapshot}) => [
    snapshot.downloaded,
    snapshot.result,
  ]);

/** A page that has two objects of one fetch, as after a get(). */
async function openTwins() {
  const {realm, manager} = await openOwn();
  const first = (await manager.fetch('fake', resource({}))) as Fake;
  const second = first.fakeTwin();
  await manager.get('fake');
  return {realm, first, second};
}

describe('registrations', function () {
  this.timeout(40_000);
  afterEach(closeRealms);

  (hasNativeApi ? it : it.skip)(
    'are followed from the first byte to the end of the records',
    async () => {
      const {realm, manager} = await openOwn({kind: 'window'});
      const urls = [resource({size: 200_000, pause: 60}), resource({size: 10})];
      const made = await manager.fetch('long', urls);
      const heard: string[] = [];
      made.addEventListener('progress', () => {
        heard.push(`${made.downloaded} ${made.result}`);
      });
      // Several objects of one fetch: their progress is told once between them.
      await manager.get('long');
      await manager.get('long');
      await until(() => factsOf(realm.entries(), 'records-expired').length);
      const told = factsOf(realm.entries(), 'registration-progressed').map(
        ({snapshot}) => `${snapshot.downloaded} ${snapshot.result}`,
      );
      expect(told).to.deep.equal([...new Set(heard)]);
      expect(told.length).to.be.above(1);
      expect(told.at(-1)).to.equal('200010 success');
      expect(factsOf(realm.entries(), 'registration-seen')).to.have.length(3);
      expect(factsOf(realm.entries(), 'records-expired')).to.have.length(1);
      const settled = factsOf(realm.entries(), 'response-settled');
      expect(settled).to.have.length(2);
      expect(factsOf(realm.entries(), 'hook-faulted')).to.deep.equal([]);
    },
  );

  (hasNativeApi ? it : it.skip)(
    'are followed though the page let go of its object',
    async () => {
      const {realm} = await openOwn({kind: 'window'});
      const start = async () => {
        const manager = await realm.manager();
        await manager.fetch('dropped', resource({size: 100_000, pause: 60}));
      };
      await start();
      const collect = Reflect.get(realm.window, 'gc') as () => void;
      await until(() => {
        collect();
        return factsOf(realm.entries(), 'registration-progressed').length;
      });
      const ended = await until(() =>
        factsOf(realm.entries(), 'registration-progressed').find(
          ({snapshot}) => snapshot.result !== '',
        ),
      );
      expect(ended.snapshot.downloaded).to.equal(100_000);
    },
  );

  (hasNativeApi ? it.skip : it)(
    'tell only a progress that changed something, and the end of records',
    async () => {
      const {realm, manager} = await openOwn();
      const made = (await manager.fetch('fake', resource({}))) as Fake;
      for (const bytes of [10, 10, 20]) made.fakeProgress(bytes);
      await made.abort();
      made.fakeExpire();
      await until(() => factsOf(realm.entries(), 'records-expired').length);
      expect(progressOf(realm.entries())).to.deep.equal([
        [10, ''],
        [20, ''],
        [20, 'failure'],
      ]);
    },
  );

  (hasNativeApi ? it.skip : it)(
    'tell the progress of the first object, not of one that lags behind',
    async () => {
      const {realm, first, second} = await openTwins();
      for (const bytes of [10, 20]) first.fakeProgress(bytes);
      for (const bytes of [10, 20]) second.fakeProgress(bytes);
      await first.abort();
      second.fakeProgress(20);
      await second.abort();
      expect(progressOf(realm.entries())).to.deep.equal([
        [10, ''],
        [20, ''],
        [20, 'failure'],
      ]);
    },
  );

  (hasNativeApi ? it.skip : it)(
    'tell the result, though the first object never learns it',
    async () => {
      const {realm, second} = await openTwins();
      await second.abort();
      expect(progressOf(realm.entries())).to.deep.equal([[0, 'failure']]);
    },
  );

  it('of one id are told apart when the id is used again', async () => {
    const {realm, manager} = await openOwn();
    for (const name of ['first', 'second']) {
      const made = await manager.fetch('again', resource({name}));
      await until(
        () =>
          factsOf(realm.entries(), 'records-listed').at(-1)?.registration
            .instance ===
          factsOf(realm.entries(), 'registration-seen').at(-1)?.registration
            .instance,
      );
      await made.abort();
      await until(() => made.result);
    }
    const listed = factsOf(realm.entries(), 'records-listed');
    expect(
      listed.map(({records}) => records.map(({request}) => request.url)),
    ).to.deep.equal([
      [resource({name: 'first'})],
      [resource({name: 'second'})],
    ]);
  });
});
