import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../../inspector-core/platform/background-fetch.js';
import {
  call,
  closeRealms,
  factsOf,
  hasNativeApi,
  openOwn,
  outcomeOf,
  resource,
  sideBySide,
  type Realm,
} from '../../support/realms.js';

const usedRequest = async (realm: Realm): Promise<Request> => {
  const request = new realm.window.Request('/', {method: 'POST', body: 'x'});
  await request.text();
  return request;
};

describe('calls with bad arguments', function () {
  this.timeout(40_000);
  afterEach(closeRealms);

  it('fail as they do without hooks', async () => {
    const steps = async (realm: Realm) => {
      const {window} = realm;
      const manager = await realm.manager();
      const used = await usedRequest(realm);
      const noCors = new window.Request('/', {mode: 'no-cors'});
      const calls: readonly (readonly unknown[])[] = [
        ['fetch'],
        ['fetch', 'a'],
        ['fetch', 'a', []],
        ['fetch', 'a', 'http://'],
        ['fetch', 'a', 'https://user:password@localhost/'],
        ['fetch', 'a', noCors],
        ['fetch', 'a', used],
        ['fetch', 'a', Symbol('request')],
        ['fetch', 'a', ['/', Symbol('request')]],
        ['fetch', Symbol('id'), '/'],
        ['fetch', 'a', 'http://localhost:1/'],
        ['fetch', 'a', 'data:,text'],
        ['fetch', 'a', '/', {downloadTotal: Number.MAX_SAFE_INTEGER}],
        ['fetch', 'a', '/', 'options'],
        ['fetch', 'a', '/', {icons: 1}],
        ['get'],
        ['get', ''],
        ['get', 'unknown'],
        ['get', Symbol('id')],
        ['getIds'],
      ];
      const outcomes: string[] = [];
      for (const [name, ...args] of calls) {
        const outcome = await outcomeOf(() =>
          call(manager, String(name), ...args),
        );
        outcomes.push(`${String(name)}: ${outcome}`);
      }
      for (const id of await manager.getIds())
        await (await manager.get(id))?.abort();
      return outcomes;
    };
    const {plain, hooked, realm} = await sideBySide(steps);
    expect(hooked).to.deep.equal(plain);
    expect(
      hooked.filter((text) => text.includes('rejects')).length,
    ).to.be.above(9);
    const settled = factsOf(realm.entries(), 'call-settled');
    const rejected = settled.filter(
      ({outcome}) => outcome.status === 'rejected',
    );
    expect(rejected.length).to.be.above(9);
    expect(factsOf(realm.entries(), 'hook-faulted')).to.deep.equal([]);
  });

  it('fail for a second fetch of one id, and for one that is not active', async () => {
    const {plain, hooked} = await sideBySide(async (realm) => {
      const manager = await realm.manager();
      const first = await manager.fetch('twice', resource({name: 'first'}));
      const outcomes = [
        await outcomeOf(() => manager.fetch('twice', resource({}))),
        await outcomeOf(() => call(first, 'match')),
        await outcomeOf(() => call(first, 'match', 'http://')),
        await outcomeOf(() => call(first, 'match', '/other')),
        await outcomeOf(() => first.abort()),
        await outcomeOf(() => first.abort()),
      ];
      return outcomes;
    });
    expect(hooked).to.deep.equal(plain);
    expect(hooked[0]).to.match(/^rejects TypeError/);
    expect(hooked.at(-2)).to.equal('fulfils true');
  });

  it('reject with the very value that an argument threw', async () => {
    const {manager} = await openOwn();
    const thrown = {reason: 'of the page'};
    const id = {
      toString(): string {
        throw thrown;
      },
    };
    let reason: unknown;
    try {
      await call(manager, 'fetch', id, '/');
    } catch (error) {
      reason = error;
    }
    expect(reason).to.equal(thrown);
  });
});

describe('the arguments of a call', () => {
  afterEach(closeRealms);

  it('are read as often, and in the order, as without hooks', async () => {
    const {plain, hooked, realm} = await sideBySide(async (realm) => {
      const manager = await realm.manager();
      const reads: string[] = [];
      const id = {
        toString() {
          reads.push('id');
          return 'counted';
        },
      };
      const requests = {
        *[Symbol.iterator]() {
          reads.push('first');
          yield resource({name: 'one'});
          reads.push('second');
          yield resource({name: 'two'});
        },
      };
      const options = {
        get title() {
          reads.push('title');
          return 'Title';
        },
        get downloadTotal() {
          reads.push('total');
          return 10;
        },
      };
      const made = (await call(
        manager,
        'fetch',
        id,
        requests,
        options,
      )) as BackgroundFetchRegistration;
      const records = await made.matchAll();
      await made.abort();
      return [reads, records.length, made.id, made.downloadTotal];
    });
    expect(hooked).to.deep.equal(plain);
    expect(hooked[1]).to.equal(2);
    const [started] = factsOf(realm.entries(), 'call-started');
    expect(started?.invocation).to.include({method: 'fetch', id: ''});
  });

  it('are described, with the caller on top of the stack', async () => {
    const {realm, manager, scope} = await openOwn();
    const url = resource({size: 1});
    const {Request} = realm.window;
    async function theCaller(): Promise<BackgroundFetchRegistration> {
      return manager.fetch(
        'described',
        [
          url,
          new Request('../other?x', {headers: {'X-Own': 'yes'}}),
          new Request(url, {method: 'POST', body: 'text'}),
        ],
        {
          title: 'T',
          downloadTotal: 5,
          icons: [{src: '/i.png', type: 'image/png'}],
        },
      );
    }
    const made = await theCaller();
    await made.abort();
    const [started] = factsOf(realm.entries(), 'call-started');
    expect(started?.invocation).to.deep.equal({
      method: 'fetch',
      scope,
      id: 'described',
      requests: [
        {url, method: 'GET', headers: [], hasBody: false},
        {
          url: new URL('../other?x', scope).href,
          method: 'GET',
          headers: [['x-own', 'yes']],
          mode: 'cors',
          credentials: 'same-origin',
          hasBody: false,
        },
        {
          url,
          method: 'POST',
          headers: [['content-type', 'text/plain;charset=UTF-8']],
          mode: 'cors',
          credentials: 'same-origin',
          hasBody: true,
        },
      ],
      options: {
        title: 'T',
        downloadTotal: 5,
        icons: [{src: '/i.png', mediaType: 'image/png'}],
      },
    });
    expect(started?.stack?.split('\n')[0]).to.contain('theCaller');
    expect(started?.stack).not.to.contain('hooked-realm');
  });

  it('leave a page\u2019s own prepareStackTrace alone', async () => {
    const {realm, manager} = await openOwn();
    let runs = 0;
    const prepare = (): string => {
      runs += 1;
      return 'prepared';
    };
    Reflect.set(realm.window.Error, 'prepareStackTrace', prepare);
    await manager.getIds();
    expect(runs).to.equal(0);
    expect(Reflect.get(realm.window.Error, 'prepareStackTrace')).to.equal(
      prepare,
    );
    const [started] = factsOf(realm.entries(), 'call-started');
    expect(started?.stack).to.be.a('string').that.does.not.contain('prepared');
  });
});

describe('an upload', () => {
  afterEach(closeRealms);

  it('keeps the body of its request, which nobody read', async () => {
    const {plain, hooked} = await sideBySide(async (realm) => {
      const manager = await realm.manager();
      const {Request} = realm.window;
      const request = new Request('/resource', {
        method: 'POST',
        body: 'a body',
      });
      const made = await manager.fetch('upload', request);
      const [record] = await made.matchAll();
      const text = record?.request.bodyUsed === false;
      await made.abort();
      return [made.uploadTotal, request.bodyUsed, text];
    });
    expect(hooked).to.deep.equal(plain);
    if (hasNativeApi) expect(hooked[0]).to.equal(6);
  });
});
