import {expect} from '@esm-bundle/chai';
import {installInPage} from '../../../inspector-core/engine/page.js';
import type {Snapshot} from '../../../inspector-core/engine/algorithms/update-an-instance.js';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';
import {createRemoteBackend} from '../../../inspector-core/engine/surface/remote-backend.js';
import type {
  BackgroundFetchManager,
  BackgroundFetchRegistration,
  BackgroundFetchServiceWorkerRegistration,
} from '../../../inspector-core/platform/background-fetch.js';
import {
  startEngineWorker,
  type EngineReport,
  type EngineWorker,
} from './support/engine-commands.js';
import {rejection, scripted, until} from './support/scripted.js';

let worker: EngineWorker | undefined;

const start = async (): Promise<{
  manager: BackgroundFetchManager;
  worker: EngineWorker;
}> => {
  worker = await startEngineWorker();
  const registration =
    worker.registration as BackgroundFetchServiceWorkerRegistration;
  return {manager: registration.backgroundFetch, worker};
};

const over = (registration: BackgroundFetchRegistration): Promise<void> =>
  until(() => !registration.recordsAvailable);

const reportOf = async (worker: EngineWorker): Promise<EngineReport> => {
  let report: EngineReport | undefined;
  await until(async () => {
    [report] = await worker.reports();
    return report !== undefined;
  });
  if (report === undefined) throw new Error('There is no report.');
  return report;
};

before(() => {
  installInPage({route: 'emulated'});
});

afterEach(async () => {
  await worker?.registration.unregister();
});

describe('the engine in a page', () => {
  it('has one manager for a registration, and none for what is none', async () => {
    const {manager, worker} = await start();
    expect(worker.registration).to.have.property('backgroundFetch', manager);
    expect(Object.prototype.toString.call(manager)).to.equal(
      '[object BackgroundFetchManager]',
    );
    expect(
      () =>
        Reflect.get(
          ServiceWorkerRegistration.prototype,
          'backgroundFetch',
        ) as unknown,
    ).to.throw(TypeError);
  });

  it('downloads by the worker, and hears how it goes', async () => {
    const {manager, worker} = await start();
    const file = scripted(3_000_000);
    const begin = performance.now();
    const registration = await manager.fetch('id', file.url, {
      title: 'Title',
      downloadTotal: 3_000_000,
    });
    expect(registration).to.be.instanceOf(EventTarget);
    const seen: (readonly [number, string])[] = [];
    registration.addEventListener('progress', () => {
      seen.push([registration.downloaded, registration.result]);
    });
    await over(registration);
    expect(registration).to.include({
      id: 'id',
      downloadTotal: 3_000_000,
      downloaded: 3_000_000,
      result: 'success',
      failureReason: '',
    });
    expect(seen.at(-1)).to.deep.equal([3_000_000, 'success']);
    expect(seen.filter(([, result]) => result !== '')).to.have.length(1);
    // One each 50 ms; and the first, what it began with, the last, the result.
    const most = (performance.now() - begin) / 50 + 4;
    expect(seen.length).to.be.at.most(most);
    expect(await reportOf(worker)).to.include({
      name: 'backgroundfetchsuccess',
      id: 'id',
    });
    expect(await rejection(registration.matchAll())).to.match(
      /^InvalidStateError/,
    );
    expect(await registration.abort()).to.equal(false);
  });

  it('gives the same object each time, and none when it has ended', async () => {
    const {manager} = await start();
    const url = scripted(1_000, {stall: 500}).url;
    const registration = await manager.fetch('id', url);
    expect(await manager.get('id')).to.equal(registration);
    expect(await manager.getIds()).to.deep.equal(['id']);
    expect(await rejection(manager.fetch('id', url))).to.match(/^TypeError/);
    expect(await registration.abort()).to.equal(true);
    expect(await registration.abort()).to.equal(false);
    expect(await manager.get('id')).to.equal(undefined);
    await over(registration);
    expect(registration.failureReason).to.equal('aborted');
  });

  it('reads a response while it comes', async () => {
    const {manager} = await start();
    const file = scripted(1_000, {stall: 600});
    const registration = await manager.fetch('id', file.url);
    const record = await registration.match(file.url);
    expect(record?.request.url).to.equal(file.url);
    const response = await record?.responseReady;
    expect(response).to.include({status: 200, type: 'basic', url: file.url});
    const reader = response?.body?.getReader();
    const read: number[] = [];
    while (read.length < 600) {
      const {value} = (await reader?.read()) ?? {};
      read.push(...(value ?? []));
    }
    expect(read).to.deep.equal([...file.content.subarray(0, 600)]);
    const rest = rejection(Promise.resolve(reader?.read()));
    await registration.abort();
    expect(await rest).to.match(/^AbortError/);
  });

  it('sends bodies, and gives them back', async () => {
    const {manager, worker} = await start();
    const file = scripted(10);
    const request = new Request(file.url, {method: 'POST', body: 'hello'});
    const registration = await manager.fetch('id', [request]);
    expect(registration.uploadTotal).to.equal(5);
    expect(request.bodyUsed).to.equal(true);
    await over(registration);
    expect(registration.uploaded).to.equal(5);
    expect((await file.log())[0]).to.include({method: 'POST', body: 'hello'});
    expect(await reportOf(worker)).to.deep.include({lengths: [10]});
  });

  it('shows a result before the worker’s handler can tell of it', async () => {
    const {manager} = await start();
    const shown: string[] = [];
    const registrations = new Map<string, BackgroundFetchRegistration>();
    const listening = new AbortController();
    navigator.serviceWorker.addEventListener(
      'message',
      ({data}: MessageEvent<{readonly ended: string}>) => {
        shown.push(registrations.get(data.ended)?.result ?? 'unknown');
      },
      {signal: listening.signal},
    );
    navigator.serviceWorker.startMessages();
    // The page has each object before its fetch can end.
    for (let index = 0; index < 10; index += 1) {
      const id = `${index}`;
      const file = scripted(10, {stall: 5});
      registrations.set(id, await manager.fetch(id, file.url));
    }
    for (const registration of registrations.values()) {
      void registration.abort();
    }
    await until(() => shown.length === 10);
    listening.abort();
    expect(new Set(shown)).to.deep.equal(new Set(['failure']));
  });

  it('rejects with errors of its own realm', async () => {
    const {manager} = await start();
    const failure: unknown = await manager
      .fetch('id', [])
      .catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(TypeError);
  });

  it('rejects with a QuotaExceededError of its own realm', async function () {
    // Nobody knows the quota in WebKitGTK.
    if (!('storage' in navigator)) this.skip();
    const {manager} = await start();
    const downloadTotal = Number.MAX_SAFE_INTEGER;
    const failure: unknown = await manager
      .fetch('id', scripted(1).url, {downloadTotal})
      .catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(DOMException);
    expect(failure).to.include({name: 'QuotaExceededError', code: 22});
  });

  it('has nothing where there is no active worker', async () => {
    const none = {active: null} as ServiceWorkerRegistration;
    const backend = createRemoteBackend(none, createManualClock());
    expect(await backend.get('id')).to.equal(undefined);
    expect(await backend.getIds()).to.deep.equal([]);
    expect(await rejection(backend.fetch('id', [], {}))).to.match(
      /^TypeError: No active registration/,
    );
  });

  it('needs a worker that is active when fetch() is called', async () => {
    const {worker} = await start();
    const registration: {active: ServiceWorker | null} = {active: null};
    const backend = createRemoteBackend(
      registration as ServiceWorkerRegistration,
      createManualClock(),
      async () => {
        registration.active = worker.registration.active;
        return new Set();
      },
    );
    expect(await rejection(backend.fetch('id', [], {}))).to.match(
      /^TypeError: No active registration/,
    );
  });

  it('hears on when it says again that it watches', async () => {
    const {manager, worker} = await start();
    const url = scripted(1_000, {stall: 500}).url;
    const registration = await manager.fetch('id', url);
    await until(() => registration.downloaded === 500);
    const clock = createManualClock();
    const backend = createRemoteBackend(worker.registration, clock);
    const known = await backend.get('id');
    const heard: string[] = [];
    if (known === undefined) throw new Error('It is not known.');
    backend.watch(known, ({result}) => heard.push(result));
    // Each time it is told how things are, once.
    for (let beat = 1; beat <= 3; beat += 1) {
      await until(() => heard.length > 0);
      expect(heard.splice(0)).to.deep.equal(['']);
      await clock.advance(10_000);
    }
    await (await manager.get('id'))?.abort();
    await until(() => heard.includes('failure'));
  });

  it('is told that a fetch is gone when nobody knows it any more', async () => {
    const {worker} = await start();
    const clock = createManualClock();
    const backend = createRemoteBackend(worker.registration, clock);
    const snapshot: Snapshot = {
      downloaded: 0,
      uploaded: 0,
      result: '',
      failureReason: '',
      recordsAvailable: true,
    };
    const heard: Snapshot[] = [];
    backend.watch({key: 123_456_789, snapshot}, (changed) => {
      heard.push(changed);
    });
    // Answered in its order: by now the watch has been, too.
    await backend.getIds();
    await until(async () => {
      await clock.advance(10_000);
      return clock.due.length === 0;
    });
    expect(heard).to.deep.equal([{...snapshot, recordsAvailable: false}]);
  });
});
