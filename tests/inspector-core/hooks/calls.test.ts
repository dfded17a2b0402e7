import {expect} from '@esm-bundle/chai';
import {
  call,
  closeRealms,
  factsOf,
  hasNativeApi,
  openOwn,
  openRealm,
  resource,
  sideBySide,
  startWorker,
  until,
} from '../../support/realms.js';

describe('the promise of a call', function () {
  this.timeout(40_000);
  afterEach(closeRealms);

  it('is reported as unhandled exactly if the page does not handle it', async () => {
    const {plain, hooked} = await sideBySide(async (realm) => {
      const manager = await realm.manager();
      // Three that nobody handles, of three methods.
      void manager.get('');
      void call(manager, 'fetch', 'id', []);
      const made = await manager.fetch('x', resource({}));
      void call(made, 'match', 'http://');
      // Two that somebody does, one of them later than at once.
      manager.get('').catch(() => {});
      const late = call(manager, 'get') as Promise<unknown>;
      await Promise.resolve();
      late.catch(() => {});
      await made.abort();
      return (await realm.unhandledSoFar()).map(String);
    });
    expect(hooked).to.deep.equal(plain);
    expect(hooked).to.have.length(3);
  });

  it('is the one that is reported as unhandled', async () => {
    const {realm, manager} = await openOwn();
    const events: PromiseRejectionEvent[] = [];
    realm.window.addEventListener('unhandledrejection', (event) => {
      events.push(event);
    });
    const promise = manager.get('');
    await until(() => events.length);
    expect(events[0]?.promise).to.equal(promise);
    let reason: unknown;
    await promise.catch((error: unknown) => {
      reason = error;
    });
    expect(events[0]?.reason).to.equal(reason);
  });

  it('gives the native objects, and is a plain promise of the realm', async () => {
    const {realm, manager} = await openOwn();
    const promise = manager.fetch('y', resource({}));
    expect(Object.getPrototypeOf(promise)).to.equal(
      realm.window.Promise.prototype,
    );
    const made = await promise;
    const Class = Reflect.get(realm.window, 'BackgroundFetchRegistration') as {
      prototype: object;
    };
    expect(Object.getPrototypeOf(made)).to.equal(Class.prototype);
    expect(Reflect.ownKeys(made)).to.deep.equal([]);
    const ids = await manager.getIds();
    expect(ids).to.deep.equal(['y']);
    expect(await manager.get('none')).to.equal(undefined);
    expect(await made.abort()).to.equal(true);
  });

  it('settles in the same order among others', async () => {
    const {plain, hooked} = await sideBySide(async (realm) => {
      const manager = await realm.manager();
      const order: string[] = [];
      const note = (name: string) => () => void order.push(name);
      await Promise.all([
        manager.getIds().then(note('ids')),
        manager.get('').catch(note('empty')),
        manager.get('x').then(note('x')),
        (call(manager, 'fetch') as Promise<unknown>).catch(note('fetch')),
        manager.getIds().then(note('ids again')),
      ]);
      return order;
    });
    expect(hooked).to.deep.equal(plain);
  });
});

describe('what calls leave in the log', function () {
  this.timeout(40_000);
  afterEach(closeRealms);

  it('is each call and its end, then what it brought', async () => {
    const {realm, manager, scope} = await openOwn();
    const made = await manager.fetch('z', resource({size: 3}));
    await manager.getIds();
    const again = await manager.get('z');
    const record = await made.match(resource({size: 3}));
    expect(record?.request.url).to.equal(resource({size: 3}));
    await made.abort();
    await until(() => factsOf(realm.entries(), 'records-listed').length);
    const started = factsOf(realm.entries(), 'call-started');
    expect(started.map(({invocation}) => invocation.method)).to.deep.equal([
      'fetch',
      'getIds',
      'get',
      'match',
      'abort',
    ]);
    const settled = factsOf(realm.entries(), 'call-settled');
    expect(
      settled.map(({outcome}) =>
        outcome.status === 'fulfilled' ? outcome.value.kind : outcome.error,
      ),
    ).to.deep.equal([
      'registration',
      'ids',
      'registration',
      'records',
      'boolean',
    ]);
    const seen = factsOf(realm.entries(), 'registration-seen');
    expect(seen[0]).to.deep.include({
      via: 'fetch',
      registration: {id: 'z', scope, instance: 1},
    });
    // Chromium makes a new object at each get(); the fake does not.
    expect(seen).to.have.length(hasNativeApi ? 2 : 1);
    expect(again === made).to.equal(!hasNativeApi);
    const types = realm.entries().map(({fact}) => fact.type);
    expect(types.indexOf('call-settled')).to.be.below(
      types.indexOf('registration-seen'),
    );
    const [listed] = factsOf(realm.entries(), 'records-listed');
    expect(listed?.records.map(({request}) => request.url)).to.deep.equal([
      resource({size: 3}),
    ]);
  });

  it('names the scope of a manager that the page had before the hooks', async () => {
    const {scope} = await startWorker();
    const realm = await openRealm({scope});
    const manager = await realm.manager();
    const made = await manager.fetch('early', resource({}));
    await realm.hook();
    const [seen] = await until(() => {
      const found = factsOf(realm.entries(), 'registration-seen');
      return found.length > 0 && found;
    });
    expect(seen).to.deep.include({
      via: 'attach',
      registration: {id: 'early', scope, instance: 1},
    });
    await manager.getIds();
    const [started] = factsOf(realm.entries(), 'call-started');
    expect(started?.invocation).to.deep.equal({method: 'getIds', scope});
    expect(factsOf(realm.entries(), 'call-started')).to.have.length(1);
    // The page's own object is another one of the same fetch.
    await made.abort();
    await until(() => factsOf(realm.entries(), 'call-settled').length === 2);
    for (const {registration} of factsOf(
      realm.entries(),
      'registration-seen',
    )) {
      expect(registration).to.include({id: 'early', scope});
    }
    expect(factsOf(realm.entries(), 'records-listed')).to.have.length(1);
  });
});
