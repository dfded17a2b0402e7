/** §9 `match()` and `matchAll()`: which records they find. */
import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchRegistration} from '../../inspector-core/platform/background-fetch.js';
import {rejection, rejectionOf, serve, until} from './support/files.js';
import {suite} from './support/suite.js';

/** As scripts without types call it. */
const loosely = (
  registration: BackgroundFetchRegistration,
): Record<'match' | 'matchAll', (...args: unknown[]) => Promise<unknown>> => ({
  match: registration.match.bind(registration) as never,
  matchAll: registration.matchAll.bind(registration) as never,
});

const urlsOf = async (
  records: Promise<readonly {readonly request: Request}[]>,
): Promise<readonly string[]> =>
  (await records).map(({request}) => request.url);

suite('match() and matchAll()', (test) => {
  test('match() without an argument rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    const {match} = loosely(registration);
    expect(await rejectionOf(() => match())).to.be.instanceOf(TypeError);
  });

  test('a request that cannot be made rejects with a TypeError', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    for (const request of ['http://', 'https://user:password@example.com/']) {
      for (const name of ['match', 'matchAll'] as const) {
        const error = await rejectionOf(() => registration[name](request));
        expect(error, `${name} ${request}`).to.be.instanceOf(TypeError);
      }
    }
  });

  test('options of a wrong type reject with a TypeError', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(id, url);
    const {match, matchAll} = loosely(registration);
    for (const options of [5, 'text', true]) {
      for (const find of [match, matchAll]) {
        const error = await rejectionOf(() => find(url, options));
        expect(error, String(options)).to.be.instanceOf(TypeError);
      }
    }
    expect(await match(url, null)).not.to.equal(undefined);
  });

  test('match() gives undefined when nothing matches, matchAll() an empty array', async ({
    manager,
    id,
  }) => {
    const registration = await manager.fetch(id, serve(9, {stall: 1}).url);
    expect(await registration.match('/nothing')).to.equal(undefined);
    expect(await registration.matchAll('/nothing')).to.deep.equal([]);
  });

  test('matchAll() without a request gives all records, in their order', async ({
    manager,
    id,
  }) => {
    const [a, b] = [serve(1).url, serve(9, {stall: 1}).url];
    const registration = await manager.fetch(id, [b, a, b]);
    expect(await urlsOf(registration.matchAll())).to.deep.equal([b, a, b]);
    expect(await urlsOf(registration.matchAll(undefined))).to.deep.equal([
      b,
      a,
      b,
    ]);
  });

  test('matchAll() without a request gives those that are not GET, too', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(
      id,
      new Request(url, {method: 'POST', body: 'x'}),
    );
    expect(await urlsOf(registration.matchAll())).to.deep.equal([url]);
    expect(await urlsOf(registration.matchAll(url))).to.deep.equal([]);
  });

  test('matchAll(null) looks for the URL "null"', async ({manager, id}) => {
    const url = new URL('null', document.baseURI).href;
    const registration = await manager.fetch(id, [url, serve(1).url]);
    const {matchAll} = loosely(registration);
    expect(await matchAll(null)).to.have.length(1);
  });

  test('match() gives the first that matches, and matchAll() each of them', async ({
    manager,
    id,
  }) => {
    const {url} = serve(3, {stall: 1});
    const registration = await manager.fetch(id, [serve(1).url, url, url]);
    expect((await registration.match(url))?.request.url).to.equal(url);
    expect(await registration.matchAll(url)).to.have.length(2);
  });

  test('each call gives records of its own', async ({manager, id}) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(id, url);
    const record = await registration.match(url);
    expect(await registration.match(url)).not.to.equal(record);
    expect(record?.request).to.equal(record?.request);
    const ready = record?.responseReady;
    expect(record?.responseReady).to.equal(ready);
    ready?.catch(() => {});
  });

  test('a string is relative to the page', async ({manager, id}) => {
    const registration = await manager.fetch(id, 'blank.html?match');
    expect(await registration.match('blank.html?match')).not.to.equal(
      undefined,
    );
  });

  test('a fragment does not count', async ({manager, id}) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(id, [`${url}#one`]);
    expect(await registration.match(url)).not.to.equal(undefined);
    expect(await registration.match(`${url}#two`)).not.to.equal(undefined);
  });

  test('the query counts, unless ignoreSearch', async ({manager, id}) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(id, url);
    const other = `${url}&more`;
    expect(await registration.match(other)).to.equal(undefined);
    const found = await registration.match(other, {ignoreSearch: true});
    expect(found?.request.url).to.equal(url);
  });

  test('a record that is not GET matches only with ignoreMethod', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {stall: 1});
    const post = new Request(url, {method: 'POST', body: 'x'});
    const registration = await manager.fetch(id, post);
    expect(await registration.match(url)).to.equal(undefined);
    const query = new Request(url, {method: 'POST', body: 'x'});
    expect(await registration.match(query)).to.equal(undefined);
    expect(await registration.match(url, {ignoreMethod: true})).not.to.equal(
      undefined,
    );
  });

  test('the method of the query does not count', async ({manager, id}) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(id, url);
    const query = new Request(url, {method: 'DELETE'});
    expect(await registration.match(query)).not.to.equal(undefined);
  });

  test('Vary counts once there is a response, unless ignoreVary', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {stall: 1, headers: {Vary: 'X-Kind, X-Other'}});
    const registration = await manager.fetch(
      id,
      new Request(url, {headers: {'X-Kind': 'a'}}),
    );
    await until(() => registration.downloaded === 1);
    const query = (kind?: string): Request =>
      new Request(url, kind === undefined ? {} : {headers: {'X-Kind': kind}});
    expect(await registration.match(query('a'))).not.to.equal(undefined);
    expect(await registration.match(query('b'))).to.equal(undefined);
    expect(await registration.match(query())).to.equal(undefined);
    expect(
      await registration.match(query('b'), {ignoreVary: true}),
    ).not.to.equal(undefined);
  });

  test('Vary: * matches nothing, unless ignoreVary', async ({manager, id}) => {
    const {url} = serve(9, {stall: 1, headers: {Vary: '*'}});
    const registration = await manager.fetch(id, url);
    await until(() => registration.downloaded === 1);
    expect(await registration.match(url)).to.equal(undefined);
    expect(await registration.match(url, {ignoreVary: true})).not.to.equal(
      undefined,
    );
  });

  test('Vary does not count before there is a response', async ({
    manager,
    id,
  }) => {
    const {url} = serve(9, {holdHead: true, headers: {Vary: 'X-Kind'}});
    const registration = await manager.fetch(
      id,
      new Request(url, {headers: {'X-Kind': 'a'}}),
    );
    expect(await registration.match(url)).not.to.equal(undefined);
  });

  test('find the same in the worker, during the event and before', async ({
    manager,
    id,
    worker,
  }) => {
    const {url} = serve(9, {stall: 1});
    const registration = await manager.fetch(id, [url, url]);
    const count = await worker.run(
      async ({registration}, {id, url}) => {
        const fetch = await registration.backgroundFetch.get(id);
        return (await fetch?.matchAll(url))?.length;
      },
      {id, url},
    );
    expect(count).to.equal(2);
    await registration.abort();
    expect((await worker.event(id)).records).to.have.length(2);
  });

  test('once records are not available, reject with an InvalidStateError', async ({
    manager,
    id,
    worker,
  }) => {
    const {url} = serve(1);
    const registration = await manager.fetch(id, url);
    await worker.event(id);
    await until(() => !registration.recordsAvailable);
    for (const call of [
      registration.match(url),
      registration.matchAll(),
      registration.matchAll(url),
    ]) {
      const error = await rejection(call);
      expect(error).to.be.instanceOf(DOMException);
      expect(error.name).to.equal('InvalidStateError');
    }
  });
});
