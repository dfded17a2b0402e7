/** §1 and §2: the objects of a realm, and that there is one for each thing. */
import {expect} from '@esm-bundle/chai';
import {rejectionOf, serve} from './support/files.js';
import {openPage} from './support/realms.js';
import {managerOf} from './support/service-worker.js';
import {suite} from './support/suite.js';

type Interface = abstract new () => object;
const interfaceOf = (name: string): Interface =>
  Reflect.get(globalThis, name) as Interface;

const stalled = (): string => serve(9, {stall: 1}).url;

suite('instances', (test) => {
  test('backgroundFetch is the same object each time', async ({worker}) => {
    const {registration} = worker;
    expect(managerOf(registration)).to.equal(managerOf(registration));
    const {scope} = registration;
    const again = await navigator.serviceWorker.getRegistration(scope);
    if (again === registration) {
      expect(managerOf(again)).to.equal(managerOf(registration));
    }
    const isOne = await worker.run(
      ({registration}) =>
        registration.backgroundFetch === registration.backgroundFetch,
    );
    expect(isOne).to.equal(true);
  });

  test('backgroundFetch cannot be set', ({worker}) => {
    const {registration} = worker;
    const manager = managerOf(registration);
    expect(Reflect.set(registration, 'backgroundFetch', {})).to.equal(false);
    expect(managerOf(registration)).to.equal(manager);
    return Promise.resolve();
  });

  test('each is of its interface, and has its members from there', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, stalled());
    const record = (await registration.matchAll())[0];
    for (const [object, name] of [
      [manager, 'BackgroundFetchManager'],
      [registration, 'BackgroundFetchRegistration'],
      [record, 'BackgroundFetchRecord'],
    ] as const) {
      const {prototype} = interfaceOf(name);
      expect(Object.getPrototypeOf(object), name).to.equal(prototype);
      expect(Object.prototype.toString.call(object)).to.equal(
        `[object ${name}]`,
      );
      expect(Reflect.ownKeys(object ?? {}), name).to.deep.equal([]);
      for (const key of Object.keys(prototype as object)) {
        expect(key in (object ?? {}), `${name}.${key}`).to.equal(true);
      }
    }
    expect(registration).to.be.instanceOf(EventTarget);
  });

  test('attributes are of their types', async ({manager, id}) => {
    const registration = await manager.fetch(id, stalled());
    expect(registration.id).to.be.a('string');
    expect(registration.result).to.be.a('string');
    expect(registration.failureReason).to.be.a('string');
    expect(registration.recordsAvailable).to.be.a('boolean');
    for (const key of [
      'uploadTotal',
      'uploaded',
      'downloadTotal',
      'downloaded',
    ] as const) {
      expect(Number.isSafeInteger(registration[key]), key).to.equal(true);
    }
    const [record] = await registration.matchAll();
    expect(record?.request).to.be.instanceOf(Request);
    expect(record?.responseReady).to.be.instanceOf(Promise);
    record?.responseReady.catch(() => {});
  });

  test('readonly attributes cannot be set', async ({manager, id}) => {
    const registration = await manager.fetch(id, stalled());
    for (const key of [
      'id',
      'uploadTotal',
      'uploaded',
      'downloadTotal',
      'downloaded',
      'result',
      'failureReason',
      'recordsAvailable',
    ] as const) {
      const before = registration[key];
      expect(Reflect.set(registration, key, 'set'), key).to.equal(false);
      expect(registration[key], key).to.equal(before);
    }
  });

  test('onprogress takes functions and objects, and else becomes null', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, stalled());
    const listener = (): void => {};
    const object = {};
    for (const value of [listener, object]) {
      Reflect.set(registration, 'onprogress', value);
      expect(registration.onprogress).to.equal(value);
    }
    for (const value of [5, 'text', undefined, null]) {
      // oxlint-disable-next-line unicorn/prefer-add-event-listener -- what it is about
      registration.onprogress = listener;
      Reflect.set(registration, 'onprogress', value);
      expect(registration.onprogress, String(value)).to.equal(null);
    }
  });

  test('onprogress keeps its place among the listeners', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, stalled());
    const order: string[] = [];
    Reflect.set(registration, 'onprogress', () => order.push('first'));
    registration.addEventListener('progress', () => order.push('listener'));
    Reflect.set(registration, 'onprogress', () => order.push('replaced'));
    registration.dispatchEvent(new Event('progress'));
    expect(order.slice(0, 2)).to.deep.equal(['replaced', 'listener']);
    Reflect.set(registration, 'onprogress', null);
    order.length = 0;
    registration.dispatchEvent(new Event('progress'));
    expect(order).to.deep.equal(['listener']);
  });

  test('operations reject on what is of another interface', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, stalled());
    const {prototype} = interfaceOf('BackgroundFetchRegistration');
    for (const name of ['abort', 'match', 'matchAll']) {
      const operation = Reflect.get(prototype as object, name) as (
        ...args: unknown[]
      ) => unknown;
      for (const other of [undefined, manager, new EventTarget()]) {
        const error = await rejectionOf(() => operation.call(other, '/'));
        expect(error, name).to.be.instanceOf(TypeError);
      }
    }
    const get = Reflect.get(manager, 'get') as (id: string) => unknown;
    const error = await rejectionOf(() =>
      Reflect.apply(get, registration, ['id']),
    );
    expect(error).to.be.instanceOf(TypeError);
  });

  test('there is one registration object for a fetch, in each realm', async ({
    manager,
    id,
    worker,
  }) => {
    const registration = await manager.fetch(id, stalled());
    expect(await manager.get(id)).to.equal(registration);
    const isOne = await worker.run(async ({registration}, id) => {
      const [one, two] = await Promise.all([
        registration.backgroundFetch.get(id),
        registration.backgroundFetch.get(id),
      ]);
      return one !== undefined && one === two;
    }, id);
    expect(isOne).to.equal(true);
  });

  test('the object of an event is that of get()', async ({
    manager,
    id,
    worker,
  }) => {
    const registration = await manager.fetch(id, stalled());
    await worker.run(async (self, id) => {
      const fetch = await self.registration.backgroundFetch.get(id);
      self.addEventListener(
        'backgroundfetchabort',
        (event) => {
          const {registration} = event as unknown as {registration: unknown};
          self['isSame'] = registration === fetch;
        },
        {once: true},
      );
    }, id);
    await registration.abort();
    await worker.event(id);
    expect(await worker.run((self) => self['isSame'])).to.equal(true);
  });

  test('none can be cloned', async ({manager, id}) => {
    const registration = await manager.fetch(id, stalled());
    const [record] = await registration.matchAll();
    for (const object of [manager, registration, record]) {
      expect(() => {
        structuredClone(object);
      })
        .to.throw(DOMException)
        .with.property('name', 'DataCloneError');
    }
  });

  test('are of the realm of their manager', async ({worker, id}) => {
    const page = await openPage('/conformance/none/');
    const registration =
      (await page.window.navigator.serviceWorker.getRegistration(
        worker.registration.scope,
      )) as ServiceWorkerRegistration;
    const manager = managerOf(registration);
    const promise = manager.fetch(id, stalled());
    expect(promise).to.be.instanceOf(page.window.Promise);
    const fetch = await promise;
    expect(fetch).to.be.instanceOf(
      Reflect.get(page.window, 'BackgroundFetchRegistration') as Interface,
    );
    const ids = await manager.getIds();
    expect(ids).to.be.instanceOf(page.window.Array);
    const error = await manager.fetch(id, []).catch((error: unknown) => error);
    expect(error).to.be.instanceOf(page.window.TypeError);
    const [record] = await fetch.matchAll();
    expect(record?.request).to.be.instanceOf(page.window.Request);
    page.close();
  });
});
