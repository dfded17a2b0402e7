/** §3 `fetch(id, requests, options)`: what comes after its arguments. */
import {expect} from '@esm-bundle/chai';
import {describeRegistration} from '../differential/support/describe.js';
import {rejection, serve, until} from './support/files.js';
import {managerOf, newScope} from './support/service-worker.js';
import {suite} from './support/suite.js';

const lacking = 'storage' in navigator ? undefined : 'nobody knows the quota';

suite('fetch()', (test) => {
  test('without an active worker rejects with a TypeError', async () => {
    const registration = await navigator.serviceWorker.register(
      '/classic/tests/differential/support/idle-worker.js',
      {scope: newScope()},
    );
    expect(registration.active).to.equal(null);
    const manager = managerOf(registration);
    const error = await rejection(manager.fetch('id', serve(1).url));
    expect(error).to.be.instanceOf(TypeError);
    // It waits for the installation, which does not end.
    void registration.unregister();
  });

  test('gives a registration as it was asked for, and nothing done yet', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(
      id,
      serve(1_000, {holdHead: true}).url,
      {title: 'Title', icons: [{src: '/icon.png'}], downloadTotal: 1_000},
    );
    expect(registration.onprogress).to.equal(null);
    expect(describeRegistration(registration)).to.deep.equal({
      id,
      uploadTotal: 0,
      uploaded: 0,
      downloadTotal: 1_000,
      downloaded: 0,
      result: '',
      failureReason: '',
      recordsAvailable: true,
    });
  });

  test('does not wait for the network', async ({manager, id}) => {
    const file = serve(10, {holdHead: true});
    const registration = await manager.fetch(id, file.url);
    expect(registration.result).to.equal('');
    expect(await registration.abort()).to.equal(true);
  });

  test('makes one record for each request, in their order, duplicates too', async ({
    manager,
    id,
    worker,
  }) => {
    const [a, b] = [serve(2).url, serve(3).url];
    await manager.fetch(id, [a, b, a]);
    const {records} = await worker.event(id);
    expect(records.map(({url, bytes}) => [url, bytes])).to.deep.equal([
      [a, 2],
      [b, 3],
      [a, 2],
    ]);
  });

  test('with an id that is active already rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    const error = await rejection(manager.fetch(id, serve(1).url));
    expect(error).to.be.instanceOf(TypeError);
    expect(registration.result).to.equal('');
    expect(await manager.getIds()).to.deep.equal([id]);
  });

  test('of two calls at once with the same id, the first wins', async ({
    manager,
    id,
  }) => {
    const [first, second] = await Promise.allSettled([
      manager.fetch(id, serve(9, {stall: 1}).url),
      manager.fetch(id, serve(9, {stall: 1}).url),
    ]);
    expect(first?.status).to.equal('fulfilled');
    expect(second).to.have.property('reason').that.is.instanceOf(TypeError);
  });

  test('an id is free again when its fetch has ended', async ({
    manager,
    id,
    worker,
  }) => {
    const first = await manager.fetch(id, serve(1).url);
    await worker.event(id);
    const second = await manager.fetch(id, serve(9, {stall: 1}).url);
    expect(second).not.to.equal(first);
    expect(first.result).to.equal('success');
    expect(second.result).to.equal('');
  });

  test('an id is free again at once when its fetch was aborted', async ({
    manager,
    id,
  }) => {
    const first = await manager.fetch(id, serve(9, {stall: 1}).url);
    await first.abort();
    const second = await manager.fetch(id, serve(9, {stall: 1}).url);
    expect(second).not.to.equal(first);
    expect(second.failureReason).to.equal('');
    expect(await first.abort(), 'of the first').to.equal(false);
    expect(await manager.getIds()).to.deep.equal([id]);
    expect(await second.abort()).to.equal(true);
  });

  test(
    'with a downloadTotal beyond the quota rejects with a QuotaExceededError',
    async ({manager, id}) => {
      const error = await rejection(
        manager.fetch(id, serve(1).url, {
          downloadTotal: Number.MAX_SAFE_INTEGER,
        }),
      );
      expect(error).to.be.instanceOf(DOMException);
      expect(error).to.include({name: 'QuotaExceededError', code: 22});
      expect(error).to.include({quota: null, requested: null});
      // An interface of its own, in browsers that have it.
      const Interface = Reflect.get(globalThis, 'QuotaExceededError') as
        typeof DOMException | undefined;
      if (Interface !== undefined) expect(error).to.be.instanceOf(Interface);
      expect(await manager.getIds()).not.to.include(id);
    },
    lacking,
  );

  test(
    'a negative downloadTotal is beyond the quota',
    async ({manager, id}) => {
      const error = await rejection(
        manager.fetch(id, serve(1).url, {downloadTotal: -1}),
      );
      expect(error.name).to.equal('QuotaExceededError');
    },
    lacking,
  );

  test('works in a service worker', async ({worker, id}) => {
    const file = serve(4);
    const started = await worker.run(
      async ({registration}, {id, url}) => {
        const fetch = await registration.backgroundFetch.fetch(id, url);
        return {id: fetch.id, result: fetch.result};
      },
      {id, url: file.url},
    );
    expect(started).to.deep.equal({id, result: ''});
    const {type, records} = await worker.event(id);
    expect(type).to.equal('backgroundfetchsuccess');
    expect(records.map(({bytes}) => bytes)).to.deep.equal([4]);
  });

  test('bypasses the worker’s own fetch handler', async ({
    worker,
    manager,
    id,
  }) => {
    await worker.run((self) => {
      self.addEventListener('fetch', (event) => {
        (
          event as unknown as {respondWith(response: Response): void}
        ).respondWith(new Response('from the handler'));
      });
    });
    const file = serve(7);
    await manager.fetch(id, file.url);
    const {records} = await worker.event(id);
    expect(records.map(({bytes}) => bytes)).to.deep.equal([7]);
    expect(await file.log()).to.have.length(1);
  });

  test('starts the records at the same time', async ({manager, id}) => {
    const files = [0, 1, 2].map(() => serve(9, {stall: 1}));
    await manager.fetch(
      id,
      files.map(({url}) => url),
    );
    await until(async () => {
      const logs = await Promise.all(files.map((file) => file.log()));
      return logs.every(({length}) => length === 1);
    });
  });
});
