/** §3 `fetch(id, requests, options)`: what it makes of its arguments. */
import {expect} from '@esm-bundle/chai';
import {rejectionOf, serve} from './support/files.js';
import {suite} from './support/suite.js';
import type {
  BackgroundFetchManager,
  BackgroundFetchRegistration,
} from '../../inspector-core/platform/background-fetch.js';

/** `fetch()` as scripts without types call it. */
type Anything = (...args: unknown[]) => Promise<BackgroundFetchRegistration>;
const loosely = (manager: BackgroundFetchManager): Anything =>
  manager.fetch.bind(manager) as unknown as Anything;

suite('fetch(): arguments', (test) => {
  test('fewer than two arguments reject with a TypeError', async ({
    manager,
  }) => {
    const fetch = loosely(manager);
    expect(await rejectionOf(() => fetch())).to.be.instanceOf(TypeError);
    expect(await rejectionOf(() => fetch('id'))).to.be.instanceOf(TypeError);
  });

  test('an empty sequence of requests rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const error = await rejectionOf(() => manager.fetch(id, []));
    expect(error).to.be.instanceOf(TypeError);
    expect(await manager.getIds()).not.to.include(id);
  });

  test('a request that the Request constructor refuses rejects with its TypeError', async ({
    manager,
    id,
  }) => {
    for (const requests of [
      'http://',
      'https://user:password@example.com/',
      [serve(1).url, 'http://[::'],
    ]) {
      const error = await rejectionOf(() => manager.fetch(id, requests));
      expect(error, String(requests)).to.be.instanceOf(TypeError);
    }
  });

  test('a request whose mode is no-cors rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const request = new Request(serve(1).url, {mode: 'no-cors'});
    for (const requests of [request, [serve(1).url, request]]) {
      const error = await rejectionOf(() => manager.fetch(id, requests));
      expect(error).to.be.instanceOf(TypeError);
    }
  });

  test('a request whose body is used rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const request = new Request(serve(1).url, {method: 'POST', body: 'x'});
    await request.text();
    const error = await rejectionOf(() => manager.fetch(id, request));
    expect(error).to.be.instanceOf(TypeError);
  });

  test('a request whose body is locked rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const request = new Request(serve(1).url, {method: 'POST', body: 'x'});
    request.body?.getReader();
    // Where requests show no stream, there is nothing to lock.
    if (request.body === undefined) await request.text();
    const error = await rejectionOf(() => manager.fetch(id, request));
    expect(error).to.be.instanceOf(TypeError);
  });

  test('a request with a body is used afterwards', async ({manager, id}) => {
    const request = new Request(serve(1).url, {method: 'POST', body: 'x'});
    await manager.fetch(id, request);
    expect(request.bodyUsed).to.equal(true);
  });

  test('a request without a body can be used again', async ({
    manager,
    id,
    worker,
  }) => {
    const request = new Request(serve(3).url);
    await manager.fetch(id, [request, request]);
    expect(request.bodyUsed).to.equal(false);
    const {records} = await worker.event(id);
    expect(records.map(({bytes}) => bytes)).to.deep.equal([3, 3]);
  });

  test('a string is a URL, relative to the page', async ({manager, id}) => {
    const registration = await manager.fetch(id, 'blank.html?relative');
    const [record] = await registration.matchAll();
    expect(record?.request.url).to.equal(
      new URL('blank.html?relative', document.baseURI).href,
    );
  });

  test('an empty URL is the page’s own', async ({manager, id}) => {
    const registration = await manager.fetch(id, '');
    const [record] = await registration.matchAll();
    expect(record?.request.url).to.equal(document.baseURI);
  });

  test('an object that is no sequence is a URL, by its string', async ({
    manager,
    id,
  }) => {
    const {url} = serve(1);
    const registration = await loosely(manager)(id, {toString: () => url});
    const records = await registration.matchAll();
    expect(records.map(({request}) => request.url)).to.deep.equal([url]);
  });

  test('any iterable is a sequence, a Set and a String object too', async ({
    manager,
    id,
  }) => {
    const urls = new Set([serve(1).url, serve(1).url]);
    const registration = await manager.fetch(
      id,
      urls as unknown as readonly string[],
    );
    expect(await registration.matchAll()).to.have.length(2);
    const letters = await manager.fetch(
      `${id} letters`,
      // oxlint-disable-next-line no-new-wrappers, unicorn/new-for-builtins -- what it is about
      new String('ab') as unknown as string,
    );
    const records = await letters.matchAll();
    expect(records.map(({request}) => request.url)).to.deep.equal([
      new URL('a', document.baseURI).href,
      new URL('b', document.baseURI).href,
    ]);
  });

  test('an iterator is not closed when an item cannot be converted', async ({
    manager,
    id,
  }) => {
    let returned = false;
    const items = [Symbol('no string')].values();
    const requests = {
      [Symbol.iterator]: () => ({
        next: () => items.next(),
        return: () => {
          returned = true;
          return {};
        },
      }),
    };
    const error = await rejectionOf(() => loosely(manager)(id, requests));
    expect(error).to.be.instanceOf(TypeError);
    expect(returned).to.equal(false);
  });

  test('arguments are converted in their order, all before the requests are looked at', async ({
    manager,
  }) => {
    const log: string[] = [];
    const note = (name: string, value: unknown): unknown => ({
      toString() {
        log.push(name);
        return value;
      },
      valueOf() {
        log.push(name);
        return value;
      },
    });
    const icon = {
      get label() {
        log.push('icon.label');
        return undefined;
      },
      get sizes() {
        log.push('icon.sizes');
        return undefined;
      },
      get src() {
        log.push('icon.src');
        return '/icon.png';
      },
      get type() {
        log.push('icon.type');
        return undefined;
      },
    };
    const options = {
      get title() {
        log.push('get title');
        return note('title', 'Title');
      },
      get icons() {
        log.push('get icons');
        return [icon];
      },
      get downloadTotal() {
        log.push('get downloadTotal');
        return note('downloadTotal', 5);
      },
    };
    const call = (): unknown =>
      loosely(manager)(note('id', 'an id'), [note('url', 'http://')], options);
    expect(await rejectionOf(call)).to.be.instanceOf(TypeError);
    expect(log).to.deep.equal([
      'id',
      'url',
      'get icons',
      'icon.label',
      'icon.sizes',
      'icon.src',
      'icon.type',
      'get title',
      'title',
      'get downloadTotal',
      'downloadTotal',
    ]);
  });

  test('what a conversion throws is the rejection', async ({manager, id}) => {
    const thrown = new Error('Thrown by the test.');
    const trap = {
      toString() {
        throw thrown;
      },
    };
    const {url} = serve(1);
    const fetch = loosely(manager);
    for (const call of [
      () => fetch(trap, url),
      () => fetch(id, trap),
      () => fetch(id, [url, trap]),
      () => fetch(id, url, {title: trap}),
      () => fetch(id, url, {icons: [{src: trap}]}),
      () =>
        fetch(id, url, {
          get downloadTotal() {
            throw thrown;
          },
        }),
    ]) {
      expect(await rejectionOf(call), String(call)).to.equal(thrown);
    }
  });

  test('options of a wrong type reject with a TypeError', async ({
    manager,
    id,
  }) => {
    for (const options of [
      5,
      'text',
      {icons: 'text'},
      {icons: 5},
      {icons: [5]},
      {icons: [{}]},
      {icons: {}},
      {title: Symbol('title')},
      {downloadTotal: Symbol('total')},
      {downloadTotal: 5n},
    ]) {
      const call = (): unknown => loosely(manager)(id, serve(1).url, options);
      expect(await rejectionOf(call)).to.be.instanceOf(TypeError);
    }
    expect(await manager.getIds()).not.to.include(id);
  });

  test('options may be null, and members undefined', async ({manager, id}) => {
    const {url} = serve(1);
    await loosely(manager)(id, url, null);
    await loosely(manager)(`${id} 2`, url, {
      title: undefined,
      icons: undefined,
      downloadTotal: undefined,
    });
    expect((await manager.get(`${id} 2`))?.downloadTotal ?? 0).to.equal(0);
  });

  test('downloadTotal is an unsigned long long, by modulo', async ({
    manager,
    id,
  }) => {
    for (const [index, [value, total]] of [
      ['1000', 1000],
      [1000.9, 1000],
      [2 ** 64 + 4096, 4096],
      [Number.NaN, 0],
      [Infinity, 0],
      [-0.5, 0],
      [2 ** 64, 0],
      [null, 0],
    ].entries()) {
      const registration = await loosely(manager)(
        `${id} ${index}`,
        serve(1).url,
        {downloadTotal: value},
      );
      expect(registration.downloadTotal, String(value)).to.equal(total);
      await registration.abort();
    }
  });

  test('an id is a string of any kind', async ({manager, id}) => {
    const {url} = serve(1);
    const odd = [`${id}\0`, `${id} ☃ 🎬`, 'toString', '__proto__', '5'];
    for (const name of odd) {
      const registration = await manager.fetch(name, url);
      expect(registration.id).to.equal(name);
      await registration.abort();
    }
    const registration = await loosely(manager)(undefined, url);
    expect(registration.id).to.equal('undefined');
  });

  test('an id may be empty', async ({manager}) => {
    const registration = await manager.fetch('', serve(1_000, {stall: 1}).url);
    expect(registration.id).to.equal('');
    expect(await manager.getIds()).to.include('');
    expect(await registration.abort()).to.equal(true);
  });

  test('an id may hold a lone surrogate', async ({manager}) => {
    const registration = await manager.fetch('a\uD800', serve(1).url);
    expect(registration.id).to.equal('a\uD800');
  });
});
