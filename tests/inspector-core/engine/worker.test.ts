import {expect} from '@esm-bundle/chai';
import {
  startEngineWorker,
  type EngineReport,
  type EngineWorker,
} from './support/engine-commands.js';
import {rejection, scripted, until} from './support/scripted.js';

let workers: readonly EngineWorker[] = [];

const start = async (): Promise<EngineWorker> => {
  const worker = await startEngineWorker();
  workers = [...workers, worker];
  return worker;
};

const firstReport = async (worker: EngineWorker): Promise<EngineReport> => {
  let reports: readonly EngineReport[] = [];
  await until(async () => {
    reports = await worker.reports();
    return reports.length > 0;
  });
  const [report] = reports;
  if (report === undefined) throw new Error('There is no report.');
  return report;
};

afterEach(async () => {
  await Promise.all(workers.map(({registration}) => registration.unregister()));
  workers = [];
});

describe('the engine in a service worker', () => {
  it('is the whole API of the worker’s realm', async () => {
    const worker = await start();
    expect(await worker.send({type: 'surface'})).to.deep.equal({
      isOneManager: true,
      globals: [
        'BackgroundFetchEvent',
        'BackgroundFetchManager',
        'BackgroundFetchRecord',
        'BackgroundFetchRegistration',
        'BackgroundFetchUpdateUIEvent',
      ],
      handlers: [
        'backgroundfetchsuccess',
        'backgroundfetchfail',
        'backgroundfetchabort',
        'backgroundfetchclick',
      ],
    });
  });

  it('downloads, and fires backgroundfetchsuccess with the records', async () => {
    const worker = await start();
    const urls = [scripted(3_000_000).url, scripted(5).url];
    expect(await worker.send({type: 'fetch', id: 'a', urls})).to.equal(true);
    expect(await firstReport(worker)).to.deep.equal({
      name: 'backgroundfetchsuccess',
      id: 'a',
      result: 'success',
      failureReason: '',
      isActive: false,
      isSame: true,
      isExtendable: true,
      tag: '[object BackgroundFetchUpdateUIEvent]',
      lengths: [3_000_000, 5],
      handled: 1,
    });
    expect(await worker.send({type: 'get-ids'})).to.deep.equal([]);
  });

  it('fires backgroundfetchfail for a 404, with its body', async () => {
    const worker = await start();
    const urls = [scripted(7, {status: 404}).url];
    await worker.send({type: 'fetch', id: 'a', urls});
    expect(await firstReport(worker)).to.deep.include({
      name: 'backgroundfetchfail',
      failureReason: 'bad-status',
      lengths: [7],
    });
  });

  it('fires backgroundfetchabort with what had finished', async () => {
    const worker = await start();
    const urls = [scripted(9).url, scripted(1_000, {stall: 500}).url];
    await worker.send({type: 'fetch', id: 'a', urls});
    await until(
      async () =>
        (await worker.send({type: 'downloaded', id: 'a'})) === 9 + 500,
    );
    expect(await worker.send({type: 'abort', id: 'a'})).to.equal(true);
    expect(await firstReport(worker)).to.deep.include({
      name: 'backgroundfetchabort',
      failureReason: 'aborted',
      tag: '[object BackgroundFetchEvent]',
      lengths: [9, -1],
    });
  });

  it('keeps the fetches of two registrations apart', async () => {
    const [one, two] = [await start(), await start()];
    const urls = [scripted(1_000, {stall: 500}).url];
    await one.send({type: 'fetch', id: 'same', urls});
    await two.send({type: 'fetch', id: 'same', urls});
    expect(
      await rejection(one.send({type: 'fetch', id: 'same', urls})),
    ).to.include('TypeError');
    expect(await one.send({type: 'abort', id: 'same'})).to.equal(true);
    expect(await one.send({type: 'get-ids'})).to.deep.equal([]);
    expect(await two.send({type: 'get-ids'})).to.deep.equal(['same']);
  });
});
