/** §12: what result and failureReason are, moment by moment; §5 says why. */
import {expect} from '@esm-bundle/chai';
import {expectEnd} from './support/ends.js';
import {crossOrigin, release, serve, until} from './support/files.js';
import {fillStorage} from './support/fill-storage.js';
import {suite} from './support/suite.js';

suite('perform a background fetch', (test) => {
  test('while it runs, result and failureReason are empty, and the id is active', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, serve(9, {hold: 3}).url);
    await until(() => registration.downloaded === 3);
    expect(registration).to.include({
      result: '',
      failureReason: '',
      recordsAvailable: true,
    });
    expect(await manager.getIds()).to.deep.equal([id]);
  });

  test('all records complete: success, and backgroundfetchsuccess', async (given) => {
    const urls = [serve(3).url, serve(4).url];
    const registration = await given.manager.fetch(given.id, urls);
    await expectEnd(given, registration, {
      type: 'backgroundfetchsuccess',
      interface: '[object BackgroundFetchUpdateUIEvent]',
      result: 'success',
      failureReason: '',
      downloaded: 7,
    });
    expect(registration.downloaded).to.equal(7);
  });

  test('any 2xx status is a success', async ({manager, id, worker}) => {
    const urls = [201, 202, 203, 299].map((status) => serve(2, {status}).url);
    await manager.fetch(id, [...urls, serve(0, {status: 204}).url]);
    const {type, records} = await worker.event(id);
    expect(type).to.equal('backgroundfetchsuccess');
    expect(records.map(({status}) => status)).to.deep.equal([
      201, 202, 203, 299, 204,
    ]);
  });

  for (const status of [404, 500, 304]) {
    test(`a status of ${status}: bad-status, and backgroundfetchfail`, async (given) => {
      const {url} = serve(5, {status});
      const registration = await given.manager.fetch(given.id, url);
      await expectEnd(given, registration, {
        type: 'backgroundfetchfail',
        interface: '[object BackgroundFetchUpdateUIEvent]',
        result: 'failure',
        failureReason: 'bad-status',
      });
    });
  }

  test('the body of a bad status can be read', async ({
    manager,
    id,
    worker,
  }) => {
    await manager.fetch(id, serve(5, {status: 404}).url);
    const {records} = await worker.event(id);
    expect(records).to.have.length(1);
    expect(records[0]).to.include({status: 404, bytes: 5});
  });

  test('a bad status does not stop the other records', async ({
    manager,
    id,
    worker,
  }) => {
    const bad = serve(1, {status: 404});
    const good = serve(8, {hold: 2});
    const registration = await manager.fetch(id, [bad.url, good.url]);
    await until(async () => (await bad.log())[0]?.end === 'finished');
    await until(() => registration.downloaded >= 2);
    expect(registration.result).to.equal('');
    await release(good);
    const {failureReason, records} = await worker.event(id);
    expect(failureReason).to.equal('bad-status');
    expect(records[1]).to.include({status: 200, bytes: 8});
  });

  test('a network error: fetch-error, and backgroundfetchfail', async (given) => {
    // Of another origin, and CORS does not allow it.
    const url = crossOrigin(serve(5).url);
    const registration = await given.manager.fetch(given.id, url);
    const {records} = await expectEnd(given, registration, {
      type: 'backgroundfetchfail',
      result: 'failure',
      failureReason: 'fetch-error',
    });
    expect(records[0]).to.have.property('error');
  });

  test('a record that failed has no response: a TypeError', async ({
    manager,
    id,
    worker,
  }) => {
    await manager.fetch(id, crossOrigin(serve(5).url));
    const {records} = await worker.event(id);
    expect(records[0]?.error).to.equal('TypeError');
  });

  test('a network error does not stop the other records', async ({
    manager,
    id,
    worker,
  }) => {
    const good = serve(8, {hold: 2});
    const bad = serve(5);
    const registration = await manager.fetch(id, [
      crossOrigin(bad.url),
      good.url,
    ]);
    await until(async () => (await bad.log()).length > 0);
    await until(() => registration.downloaded === 2);
    expect(registration.result).to.equal('');
    await release(good);
    const {failureReason, records} = await worker.event(id);
    expect(failureReason).to.equal('fetch-error');
    expect(records[1]).to.include({status: 200, bytes: 8});
  });

  test('the first failure is the reason of all', async ({
    manager,
    id,
    worker,
  }) => {
    const bad = serve(1, {status: 404});
    const late = serve(8, {holdHead: true});
    const registration = await manager.fetch(id, [
      crossOrigin(late.url),
      bad.url,
    ]);
    // Its body ends when it has failed; that it was sent would tell less.
    const failed = await registration.match(bad.url);
    await (await failed?.responseReady)?.text();
    await until(async () => (await late.log()).length === 1);
    await release(late);
    expect((await worker.event(id)).failureReason).to.equal('bad-status');
  });

  test('no space for what comes: quota-exceeded, and backgroundfetchfail', async (given) => {
    const {manager, worker, id} = given;
    const files = [serve(5, {holdHead: true}), serve(5)] as const;
    const registration = await manager.fetch(
      id,
      files.map(({url}) => url),
    );
    await fillStorage(worker);
    await release(files[0]);
    await expectEnd(given, registration, {
      type: 'backgroundfetchfail',
      interface: '[object BackgroundFetchUpdateUIEvent]',
      result: 'failure',
      failureReason: 'quota-exceeded',
    });
    const {records} = await worker.event(id);
    const errors = records.map(({error}) => error);
    expect(errors).to.include('TypeError').and.include(undefined);
  });

  test('more bytes than downloadTotal: download-total-exceeded, at once', async (given) => {
    const endless = serve(50, {hold: 5});
    const registration = await given.manager.fetch(
      given.id,
      [endless.url, serve(30).url],
      {downloadTotal: 20},
    );
    const {records} = await expectEnd(given, registration, {
      type: 'backgroundfetchfail',
      result: 'failure',
      failureReason: 'download-total-exceeded',
    });
    expect(records).to.have.length(2);
    // The others are terminated.
    await until(async () => (await endless.log())[0]?.end === 'closed');
  });

  test('exactly downloadTotal bytes are a success', async ({
    manager,
    id,
    worker,
  }) => {
    const urls = [serve(10).url, serve(20).url];
    await manager.fetch(id, urls, {downloadTotal: 30});
    expect(await worker.event(id)).to.include({
      result: 'success',
      downloaded: 30,
    });
  });

  test('fewer than downloadTotal bytes are a success', async ({
    manager,
    id,
    worker,
  }) => {
    await manager.fetch(id, serve(10).url, {downloadTotal: 1_000});
    expect((await worker.event(id)).result).to.equal('success');
  });

  test('one byte more than downloadTotal is too many', async ({
    manager,
    id,
    worker,
  }) => {
    await manager.fetch(id, serve(11).url, {downloadTotal: 10});
    expect((await worker.event(id)).failureReason).to.equal(
      'download-total-exceeded',
    );
  });

  test('abort(): aborted, and backgroundfetchabort', async (given) => {
    const {url} = serve(9, {stall: 1});
    const registration = await given.manager.fetch(given.id, url);
    await registration.abort();
    expect(await given.manager.getIds()).to.deep.equal([]);
    await expectEnd(given, registration, {
      type: 'backgroundfetchabort',
      interface: '[object BackgroundFetchEvent]',
      result: 'failure',
      failureReason: 'aborted',
    });
  });

  test('an abort wins over failures that there were', async ({
    manager,
    id,
    worker,
  }) => {
    const bad = serve(1, {status: 404});
    const registration = await manager.fetch(id, [
      bad.url,
      serve(9, {stall: 4}).url,
    ]);
    await until(() => registration.downloaded === 5);
    await registration.abort();
    expect(await worker.event(id)).to.include({
      type: 'backgroundfetchabort',
      failureReason: 'aborted',
    });
  });

  test('records are available until the event is over, and then no more', async ({
    manager,
    id,
    worker,
  }) => {
    const registration = await manager.fetch(id, serve(1).url);
    expect((await worker.event(id)).recordsAvailable).to.equal(true);
    await until(() => !registration.recordsAvailable);
    expect(registration.result).to.equal('success');
  });
});
