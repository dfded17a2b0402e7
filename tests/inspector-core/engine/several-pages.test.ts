import {expect} from '@esm-bundle/chai';
import {createIdbStorage} from '../../../inspector-core/engine/storage/idb-storage.js';
import type {BackgroundFetchRegistration} from '../../../inspector-core/platform/background-fetch.js';
import {
  startEngineWorker,
  type EngineReport,
  type EngineWorker,
} from './support/engine-commands.js';
import {openPage, type Page} from './support/pages.js';
import {scripted, until} from './support/scripted.js';

const storage = createIdbStorage();
let workers: readonly EngineWorker[] = [];
let pages: readonly Page[] = [];

afterEach(async () => {
  for (const page of pages) page.close();
  await Promise.all(workers.map(({registration}) => registration.unregister()));
  pages = [];
  workers = [];
});

/** Two workers of one origin, and two pages, one below each. */
const start = async () => {
  const [a, b] = [await startEngineWorker(), await startEngineWorker()];
  const scopes = [a.registration.scope, b.registration.scope] as const;
  workers = [a, b];
  const [one, two] = [await openPage(scopes[0]), await openPage(scopes[1])];
  pages = [one, two];
  return {a, b, one, two, scopes};
};

/** What an object shows, each time that it says so. */
const hear = (
  fetch: BackgroundFetchRegistration | undefined,
): (readonly [number, string, string])[] => {
  const heard: (readonly [number, string, string])[] = [];
  fetch?.addEventListener('progress', () => {
    heard.push([fetch.downloaded, fetch.result, fetch.failureReason]);
  });
  return heard;
};

const results = (
  heard: readonly (readonly [number, string, string])[],
): readonly (readonly [number, string, string])[] =>
  heard.filter(([, result]) => result !== '');

const summary = (reports: readonly EngineReport[]): readonly unknown[] =>
  reports.map(({name, id, lengths}) => [name, id, ...lengths]);

describe('Two pages and two registrations', () => {
  it('share no ids, progress or events with each other', async () => {
    const {a, b, one, two, scopes} = await start();
    // Each page uses both, and each registration has a fetch of the same id.
    const [oneA, oneB] = [
      await one.manager(scopes[0]),
      await one.manager(scopes[1]),
    ];
    const [twoA, twoB] = [
      await two.manager(scopes[0]),
      await two.manager(scopes[1]),
    ];
    const files = [
      scripted(3_000, {drop: 1_000}, {}),
      scripted(50_000, {stall: 400}),
    ];
    const ofA = await oneA.fetch('same', files[0]?.url ?? '');
    const ofB = await twoB.fetch('same', files[1]?.url ?? '', {
      downloadTotal: 50_000,
    });
    const onlyB = await oneB.fetch('only b', scripted(7, {stall: 3}).url);
    expect(await oneA.getIds()).to.deep.equal(['same']);
    expect(await twoA.getIds()).to.deep.equal(['same']);
    expect(await oneB.getIds()).to.deep.equal(['same', 'only b']);
    expect(await twoB.getIds()).to.deep.equal(['same', 'only b']);

    // The other page has objects of its own, of the same fetches.
    const alsoA = await twoA.get('same');
    const alsoB = await oneB.get('same');
    expect(alsoA).not.to.equal(ofA);
    expect(alsoA).to.have.property('downloadTotal', 0);
    expect(alsoB).to.have.property('downloadTotal', 50_000);
    const heardA = [hear(ofA), hear(alsoA)];
    const heardB = [hear(ofB), hear(alsoB)];
    await until(() => alsoA?.downloaded === 1_000 && ofA.downloaded === 1_000);
    await until(() => alsoB?.downloaded === 400 && ofB.downloaded === 400);

    // One ends well, and the other's goes on.
    await until(async () => {
      await files[0]?.cut((place) => place === 1_000);
      return !ofA.recordsAvailable && alsoA?.recordsAvailable === false;
    });
    for (const heard of heardA) {
      expect(results(heard)).to.deep.equal([[3_000, 'success', '']]);
      expect(heard.every(([size]) => size <= 3_000)).to.equal(true);
    }
    expect(await oneA.getIds()).to.deep.equal([]);
    expect(await oneB.getIds()).to.deep.equal(['same', 'only b']);
    expect([ofB.result, alsoB?.result]).to.deep.equal(['', '']);
    await until(async () => (await a.reports()).length === 1);
    expect(summary(await a.reports())).to.deep.equal([
      ['backgroundfetchsuccess', 'same', 3_000],
    ]);
    expect(await b.reports()).to.deep.equal([]);

    // A page aborts what the other one began, and that alone.
    expect(await alsoB?.abort()).to.equal(true);
    expect(await ofB.abort()).to.equal(false);
    await until(
      () => !ofB.recordsAvailable && alsoB?.recordsAvailable === false,
    );
    for (const heard of heardB) {
      expect(results(heard)).to.deep.equal([[400, 'failure', 'aborted']]);
    }
    expect(await twoB.getIds()).to.deep.equal(['only b']);
    expect(onlyB.result).to.equal('');
    await until(async () => (await b.reports()).length === 1);
    expect(summary(await b.reports())).to.deep.equal([
      ['backgroundfetchabort', 'same', -1],
    ]);
    expect(await a.reports()).to.have.length(1);
  });

  it('keep what they have when a page is closed, or a registration goes', async () => {
    const {b, one, two, scopes} = await start();
    const [ofA, ofB] = [
      await (
        await one.manager(scopes[0])
      ).fetch('id', scripted(9, {stall: 4}).url),
      await (
        await one.manager(scopes[1])
      ).fetch('id', scripted(9, {stall: 5}).url),
    ];
    await until(() => ofA.downloaded === 4 && ofB.downloaded === 5);
    const alsoB = await (await two.manager(scopes[1])).get('id');
    one.close();
    await (await two.registration(scopes[0])).unregister();
    await until(async () => !(await storage.scopes()).has(scopes[0]));
    expect(await b.send({type: 'get-ids'})).to.deep.equal(['id']);
    expect(alsoB).to.include({downloaded: 5, recordsAvailable: true});
    expect(await alsoB?.abort()).to.equal(true);
    await until(async () => (await b.reports()).length === 1);
    await until(() => alsoB?.recordsAvailable === false);
  });
});
