import {expect} from '@esm-bundle/chai';
import {installInPage} from '../../../inspector-core/engine/page.js';
import {createIdbStorage} from '../../../inspector-core/engine/storage/idb-storage.js';
import type {
  BackgroundFetchRegistration,
  BackgroundFetchServiceWorkerRegistration,
} from '../../../inspector-core/platform/background-fetch.js';
import {
  startEngineWorker,
  type EngineWorker,
} from './support/engine-commands.js';
import {openPage, type Page} from './support/pages.js';
import {rejection, scripted, until} from './support/scripted.js';

const storage = createIdbStorage();
let workers: readonly EngineWorker[] = [];
let pages: readonly Page[] = [];

const start = async (
  options?: Parameters<typeof startEngineWorker>[0],
): Promise<EngineWorker> => {
  const worker = await startEngineWorker(options);
  workers = [...workers, worker];
  return worker;
};

const open = async (...args: Parameters<typeof openPage>): Promise<Page> => {
  const page = await openPage(...args);
  pages = [...pages, page];
  return page;
};

/** Half of a file has come, and the rest does not. */
const startFetch = async (
  worker: EngineWorker,
  file = scripted(1_000, {stall: 500}),
): Promise<BackgroundFetchRegistration> => {
  const registration =
    worker.registration as BackgroundFetchServiceWorkerRegistration;
  const fetch = await registration.backgroundFetch.fetch('id', file.url);
  await until(() => fetch.downloaded === 500);
  return fetch;
};

const isStored = async (scope: string): Promise<boolean> =>
  (await storage.scopes()).has(scope);

/** By a page without the engine, which nobody hears of. */
const unregisterUnnoticed = async (scope: string): Promise<void> => {
  const page = await open('/elsewhere/', {hasEngine: false});
  const registration = await page.registration(scope);
  expect(await registration.unregister()).to.equal(true);
};

before(() => {
  installInPage({route: 'emulated'});
});

afterEach(async () => {
  for (const page of pages) page.close();
  await Promise.all(workers.map(({registration}) => registration.unregister()));
  pages = [];
  workers = [];
});

describe('A registration that is unregistered', () => {
  it('loses its fetches, though not those of another', async () => {
    const [worker, other] = [await start(), await start()];
    const {scope} = worker.registration;
    const file = scripted(1_000, {stall: 500});
    const fetch = await startFetch(worker, file);
    const kept = await startFetch(other);
    expect(await worker.registration.unregister()).to.equal(true);
    await until(() => !fetch.recordsAvailable);
    expect(fetch).to.include({result: '', downloaded: 500});
    await until(async () => !(await isStored(scope)));
    await until(async () => (await file.log())[0]?.end === 'closed');
    expect(await rejection(fetch.matchAll())).to.match(/^InvalidStateError/);
    expect(kept.recordsAvailable).to.equal(true);
    expect(await isStored(other.registration.scope)).to.equal(true);
    expect(await other.send({type: 'get-ids'})).to.deep.equal(['id']);
  });

  it('fires no event in a worker that still controls a page', async () => {
    const worker = await start();
    const {scope} = worker.registration;
    const page = await open(scope);
    expect(page.window.navigator.serviceWorker.controller).not.to.equal(null);
    const fetch = await startFetch(worker);
    const record = await fetch.match('/scripted', {ignoreSearch: true});
    const response = await record?.responseReady;
    const reader = response?.body?.getReader();
    await reader?.read();
    // The rest of the body is waited for.
    const rest = rejection(Promise.resolve(reader?.read()));
    const {registration} = worker;
    expect(await registration.unregister()).to.equal(true);
    expect(await rest).to.match(/^AbortError/);
    await until(() => !fetch.recordsAvailable);
    await until(async () => !(await isStored(scope)));
    expect(await worker.send({type: 'get-ids'})).to.deep.equal([]);
    expect(await worker.reports()).to.deep.equal([]);
    const urls = [scripted(10).url];
    expect(
      await rejection(worker.send({type: 'fetch', id: 'id', urls})),
    ).to.include('TypeError: No active registration');
    expect(await isStored(scope)).to.equal(false);
  });

  it('takes new ones when it is registered again, though its worker lives', async () => {
    const worker = await start();
    const {scope} = worker.registration;
    await open(scope);
    await startFetch(worker);
    expect(await worker.registration.unregister()).to.equal(true);
    await until(async () => !(await isStored(scope)));
    const urls = [scripted(10).url];
    const again = await start({scope});
    const manager = (
      again.registration as BackgroundFetchServiceWorkerRegistration
    ).backgroundFetch;
    const fetch = await manager.fetch('again', urls);
    await until(() => fetch.result === 'success');
    await until(async () => (await again.reports()).length === 1);
    const reports = await again.reports();
    expect(reports.map(({id, lengths}) => [id, lengths])).to.deep.equal([
      ['again', [10]],
    ]);
  });

  it('loses them by its own worker, too', async () => {
    const worker = await start();
    const {scope} = worker.registration;
    await open(scope);
    const fetch = await startFetch(worker);
    expect(await worker.send({type: 'unregister'})).to.equal(true);
    await until(async () => !(await isStored(scope)));
    await until(() => !fetch.recordsAvailable);
    expect(await worker.reports()).to.deep.equal([]);
  });

  it('leaves nothing to the next one of its scope', async () => {
    const worker = await start();
    const {scope} = worker.registration;
    await startFetch(worker);
    await unregisterUnnoticed(scope);
    expect(await isStored(scope)).to.equal(true);
    const next = await start({scope});
    expect(next.registration).not.to.equal(worker.registration);
    expect(await isStored(scope)).to.equal(false);
    expect(await next.send({type: 'get-ids'})).to.deep.equal([]);
    // The page has an object of the new one, and it works.
    const fetch = await startFetch(next);
    expect(await next.send({type: 'get-ids'})).to.deep.equal(['id']);
    expect(await fetch.abort()).to.equal(true);
    await until(async () => (await next.reports()).length === 1);
  });

  it('lets nobody wait for a worker that is gone', async function () {
    const worker = await start();
    const fetch = await startFetch(worker);
    const record = await fetch.match('/scripted', {ignoreSearch: true});
    const reader = (await record?.responseReady)?.body?.getReader();
    await reader?.read();
    const rest = rejection(Promise.resolve(reader?.read()));
    await unregisterUnnoticed(worker.registration.scope);
    // Firefox lets it live, and serve, as long as there is a call.
    const isAlive = await Promise.race([
      rest.then(() => false),
      worker.send({type: 'get-ids'}).then(() => true),
    ]);
    if (isAlive) this.skip();
    expect(await rest).to.match(/^(AbortError: The serv|TypeError: No active)/);
  });

  it('is swept up by the next page, and has no event though its worker lives', async () => {
    const [worker, other] = [await start(), await start()];
    const {scope} = worker.registration;
    await open(scope, {hasEngine: false});
    const file = scripted(1_000, {drop: 500}, {});
    await startFetch(worker, file);
    await startFetch(other);
    await unregisterUnnoticed(scope);
    expect(await isStored(scope)).to.equal(true);
    await open('/elsewhere/');
    await until(async () => !(await isStored(scope)));
    expect(await isStored(other.registration.scope)).to.equal(true);
    // It goes on until it sees that there is nowhere to store it.
    await file.cut(() => true);
    await until(
      async () =>
        ((await worker.send({type: 'get-ids'})) as readonly string[]).length ===
        0,
    );
    expect(await worker.reports()).to.deep.equal([]);
  });
});

describe('A worker that is updated', () => {
  it('leaves its fetches to the next', async () => {
    const worker = await start();
    const {scope} = worker.registration;
    const file = scripted(1_000, {stall: 500});
    await startFetch(worker, file);
    const next = await start({scope, version: 2});
    await until(
      async () =>
        ((await next.send({type: 'get-ids'})) as readonly string[]).length ===
        1,
    );
    expect(await isStored(scope)).to.equal(true);
  });

  it('is replaced while a page reads what comes, and the page reads on', async () => {
    const worker = await start();
    const fetch = await startFetch(
      worker,
      scripted(1_000, {stall: 500}, {stall: 700}),
    );
    const [record] = await fetch.matchAll();
    const response = await record?.responseReady;
    const reader = response?.body?.getReader();
    let length = (await reader?.read())?.value?.length ?? 0;
    expect(length).to.equal(500);
    const next = reader?.read();
    const {scope} = worker.registration;
    await start({scope, version: 2});
    length += (await next)?.value?.length ?? 0;
    while (length < 700) length += (await reader?.read())?.value?.length ?? 0;
    expect(length).to.equal(700);
    expect(await fetch.abort()).to.equal(true);
    await until(() => fetch.failureReason === 'aborted');
  });
});
