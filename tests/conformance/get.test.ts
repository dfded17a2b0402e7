/** §4 `get(id)` and `getIds()`. */
import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchManager} from '../../inspector-core/platform/background-fetch.js';
import {rejectionOf, serve} from './support/files.js';
import {openPage} from './support/realms.js';
import {managerOf, newScope, registerWorker} from './support/service-worker.js';
import {suite} from './support/suite.js';

const stalled = (): string => serve(9, {stall: 1}).url;

suite('get() and getIds()', (test) => {
  test('get() without an argument rejects with a TypeError', async ({
    manager,
  }) => {
    const get = manager.get.bind(manager) as () => Promise<unknown>;
    expect(await rejectionOf(() => get())).to.be.instanceOf(TypeError);
  });

  test('get() with an empty id rejects with a TypeError', async ({manager}) => {
    expect(await rejectionOf(() => manager.get(''))).to.be.instanceOf(
      TypeError,
    );
  });

  test('get() of an id that is not active gives undefined', async ({
    manager,
  }) => {
    expect(await manager.get('never fetched')).to.equal(undefined);
  });

  test('get() converts its argument to a string', async ({manager}) => {
    const get = manager.get.bind(manager) as (id: unknown) => Promise<unknown>;
    const registration = await manager.fetch('null', stalled());
    expect(await get(null)).to.equal(registration);
    expect(await rejectionOf(() => get(Symbol('id')))).to.be.instanceOf(
      TypeError,
    );
  });

  test('get() gives the object that fetch() gave, each time', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, stalled());
    expect(await manager.get(id)).to.equal(registration);
    expect(await manager.get(id)).to.equal(registration);
  });

  test('get() shows what is in progress', async ({manager, id, worker}) => {
    const url = serve(1_000, {stall: 500}).url;
    const registration = await manager.fetch(id, url, {downloadTotal: 1_000});
    if (registration.downloaded === 0) {
      await new Promise((resolve) => {
        registration.addEventListener('progress', resolve, {once: true});
      });
    }
    const seen = await worker.run(async ({registration}, id) => {
      const fetch = await registration.backgroundFetch.get(id);
      return [fetch?.downloaded, fetch?.downloadTotal, fetch?.result];
    }, id);
    expect(seen).to.deep.equal([500, 1_000, '']);
  });

  test('getIds() lists what is active, in the order of its start', async ({
    manager,
    id,
  }) => {
    expect(await manager.getIds()).to.deep.equal([]);
    const names = [`${id} z`, `${id} a`, `${id} m`];
    for (const name of names) await manager.fetch(name, stalled());
    expect(await manager.getIds()).to.deep.equal(names);
    await (await manager.get(`${id} a`))?.abort();
    expect(await manager.getIds()).to.deep.equal([`${id} z`, `${id} m`]);
  });

  test('getIds() gives an array of its own each time', async ({manager}) => {
    const ids = await manager.getIds();
    expect(ids).to.be.instanceOf(Array);
    expect(await manager.getIds()).not.to.equal(ids);
  });

  test('getIds() lists an id no more once the fetch has ended', async ({
    manager,
    id,
    worker,
  }) => {
    await manager.fetch(id, serve(1).url);
    await worker.event(id);
    expect(await manager.getIds()).to.deep.equal([]);
    expect(await manager.get(id)).to.equal(undefined);
  });

  test('need no active worker', async () => {
    const registration = await registerWorker(newScope());
    const manager = managerOf(registration);
    expect(registration.active).to.equal(null);
    expect(await manager.get('id')).to.equal(undefined);
    expect(await manager.getIds()).to.deep.equal([]);
    await registration.unregister();
  });

  test('know the fetches of their own registration alone', async ({
    manager,
    id,
  }) => {
    const other = await registerWorker(newScope());
    await manager.fetch(id, stalled());
    expect(await managerOf(other).getIds()).to.deep.equal([]);
    expect(await managerOf(other).get(id)).to.equal(undefined);
    await other.unregister();
  });

  test('are the same in another page, with objects of its own', async ({
    manager,
    id,
    worker,
  }) => {
    const page = await openPage('/conformance/none/');
    const registration = await manager.fetch(id, stalled());
    const {scope} = worker.registration;
    const found = (await page.window.navigator.serviceWorker.getRegistration(
      scope,
    )) as ServiceWorkerRegistration;
    const other: BackgroundFetchManager = managerOf(found);
    expect(await other.getIds()).to.deep.equal([id]);
    const same = await other.get(id);
    expect(same).not.to.equal(registration);
    expect(same?.id).to.equal(id);
    expect(same).to.be.instanceOf(
      Reflect.get(page.window, 'BackgroundFetchRegistration') as typeof Object,
    );
    expect(await other.get(id)).to.equal(same);
    page.close();
  });
});
