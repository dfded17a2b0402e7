/** Which records a query finds. */
import {outcome, soon} from '../support/describe.js';
import {untyped} from './arguments.js';
import type {Fact, Registration, Script} from '../support/script.js';

const urls = async (
  registration: Registration,
  request?: RequestInfo,
  options?: CacheQueryOptions,
): Promise<Fact> =>
  outcome(registration.matchAll(request, options), (records) =>
    records
      .map(({request: {method, url}}) => `${method} ${url}`)
      .toSorted((a, b) => (a < b ? -1 : 1)),
  );

export const MATCHING: readonly Script[] = [
  {
    name: 'finds records',
    async run({manager, id, file, ended}) {
      const get = file(1000, {stall: 500, headers: {Vary: 'X-App'}}).url;
      const post = file(1000, {stall: 500}).url;
      const twice = file(1000, {stall: 500}).url;
      const bare = (url: string): string => url.replace(/\?.*/, '');
      const fetched = await manager.fetch(id, [
        new Request(get, {headers: {'X-App': 'a'}}),
        new Request(post, {method: 'POST', body: 'text'}),
        twice,
        twice,
      ]);
      const find = urls.bind(undefined, fetched);
      const other = new Request(get, {headers: {'X-App': 'b'}});
      const facts: Fact = {
        all: await find(),
        'all, by undefined': await find(undefined, {ignoreMethod: true}),
        get: await find(get),
        post: await find(post),
        'post by POST': await find(new Request(post, {method: 'POST'})),
        'post by PUT': await find(new Request(post, {method: 'PUT'})),
        'post, ignoring methods': await find(post, {ignoreMethod: true}),
        'get by POST': await find(new Request(get, {method: 'POST'})),
        'get by HEAD': await find(new Request(get, {method: 'HEAD'})),
        twice: await find(twice),
        'with a hash': await find(`${get}#hash`),
        'without the query': await find(bare(get)),
        'ignoring the query': await find(bare(get), {ignoreSearch: true}),
        'ignoring query and method': await find(bare(get), {
          ignoreSearch: true,
          ignoreMethod: true,
        }),
        'by another header': await find(other),
        'by another header, ignoring Vary': await find(other, {
          ignoreVary: true,
        }),
        unknown: await find('/unknown'),
        'a bad URL': await find('http://'),
        'one of nothing': await outcome(
          fetched.match('/unknown'),
          (record) => record === undefined,
        ),
        isNew: await outcome(
          Promise.all([fetched.match(get), fetched.match(get)]),
          ([a, b]) => a !== b,
        ),
        'options that are none': await outcome(
          untyped(fetched, 'match')(get, 1),
        ),
      };
      await fetched.abort();
      await ended();
      return facts;
    },
  },
  {
    name: 'settles duplicates together',
    async run({manager, id, file, ended}) {
      const same = file(1000, {}, {stall: 500});
      const fetched = await manager.fetch(id, [same.url, same.url]);
      const records = await fetched.matchAll();
      const settled = records.map(({responseReady}) =>
        outcome(responseReady, ({status}) => status),
      );
      const first = await Promise.race(settled);
      // The second never gets a body of its own: it waits for ever, or not.
      const states = await Promise.all(settled);
      await fetched.abort();
      const at = await ended();
      return {first, states, at};
    },
  },
  {
    name: 'has no response before all of it is there',
    async run({manager, id, file, ended}) {
      const open = file(1000, {stall: 500});
      const fetched = await manager.fetch(id, open.url);
      const record = await fetched.match(open.url);
      const ready = outcome(
        record?.responseReady ?? Promise.reject(new Error('no record')),
        () => 'ready',
      );
      while ((await open.log()).length === 0);
      const early = await Promise.race([
        ready,
        new Promise<Fact>((resolve) => {
          setTimeout(resolve, 700, 'pending');
        }),
      ]);
      await fetched.abort();
      await ended();
      return {early, ready: await soon(ready)};
    },
  },
];
