/** What `fetch()` and the others refuse, and in which order they look. */
import {outcome} from '../support/describe.js';
import type {Fact, Script} from '../support/script.js';

type Calls = Readonly<Record<string, () => Promise<unknown>>>;

/** One after the other: what one of them starts would refuse the next. */
async function outcomes(calls: Calls): Promise<Fact> {
  const facts: Record<string, Fact> = {};
  for (const [name, call] of Object.entries(calls)) {
    facts[name] = await outcome(call());
  }
  return facts;
}

const usedRequest = async (url: string): Promise<Request> => {
  const request = new Request(url, {method: 'POST', body: 'used'});
  await request.text();
  return request;
};

/** As a page that has no types would call it. */
export const untyped = (target: object, name: string) => {
  const method = Reflect.get(target, name) as (
    ...args: unknown[]
  ) => Promise<unknown>;
  return (...args: unknown[]): Promise<unknown> =>
    Reflect.apply(method, target, args);
};

export const ARGUMENTS: readonly Script[] = [
  {
    name: 'refuses arguments that do not convert',
    async run({manager, id}) {
      const fetch = untyped(manager, 'fetch');
      return outcomes({
        none: () => fetch(),
        one: () => fetch(id),
        symbol: () => fetch(Symbol('id'), '/'),
        'empty list': () => fetch(id, []),
        'options that are none': () => fetch(id, '/', 1),
        'icons that are no list': () => fetch(id, '/', {icons: 1}),
        'an icon that is none': () => fetch(id, '/', {icons: [1]}),
        'an icon without src': () => fetch(id, '/', {icons: [{}]}),
        'a symbol for a title': () => fetch(id, '/', {title: Symbol('t')}),
        'a bad total': () => fetch(id, '/', {downloadTotal: 10n}),
        'get() of nothing': () => untyped(manager, 'get')(),
        'get() of an empty id': () => untyped(manager, 'get')(''),
        'get() of one unknown': () => untyped(manager, 'get')('unknown'),
        'wrong this': () =>
          Reflect.apply(
            Reflect.get(manager, 'getIds') as () => Promise<unknown>,
            {},
            [],
          ),
      });
    },
  },
  {
    name: 'refuses requests',
    async run({manager, id, file}) {
      const {url} = file(1);
      const withCredentials = url.replace('//', '//user:word@');
      return outcomes({
        'a bad URL': () => manager.fetch(id, 'http://'),
        'credentials in a URL': () => manager.fetch(id, withCredentials),
        'a used body': async () => manager.fetch(id, await usedRequest(url)),
        'no-cors': () => manager.fetch(id, new Request(url, {mode: 'no-cors'})),
        'a data: URL': () => manager.fetch(id, 'data:,text'),
        'a blob: URL': () => manager.fetch(id, `blob:${location.origin}/none`),
        'an ftp: URL': () => manager.fetch(id, 'ftp://localhost/file'),
        'a blocked port': () => manager.fetch(id, 'http://localhost:1/'),
        'the second of two': () => manager.fetch(id, [url, 'data:,text']),
      });
    },
  },
  {
    name: 'looks in an order',
    async run({manager, id, file}) {
      const {url} = file(1);
      const most = {downloadTotal: Number.MAX_SAFE_INTEGER};
      const used = await usedRequest(url);
      const noCors = new Request(url, {mode: 'no-cors'});
      return outcomes({
        'bad scheme, too large': () => manager.fetch(id, 'data:,', most),
        'used body, then no-cors': () => manager.fetch(id, [used, noCors]),
        'no-cors, then used body': () => manager.fetch(id, [noCors, used]),
        'bad scheme, then used body': () => manager.fetch(id, ['data:,', used]),
        'too large': () => manager.fetch(id, url, most),
      });
    },
  },
  {
    name: 'needs an active worker',
    async run({id, file}) {
      // Of a registration that has installed nothing yet.
      const registration = await navigator.serviceWorker.register(
        '/classic/tests/differential/support/idle-worker.js',
        {scope: `/differential-idle-${Math.random()}/`},
      );
      const manager = Reflect.get(registration, 'backgroundFetch') as {
        fetch(...args: readonly unknown[]): Promise<unknown>;
        get(id: string): Promise<unknown>;
        getIds(): Promise<readonly string[]>;
      };
      const facts = await outcomes({
        'fetch()': () => manager.fetch(id, file(1).url),
        'fetch() of an empty list': () => manager.fetch(id, []),
        'fetch() of a bad URL': () => manager.fetch(id, 'http://'),
        'get()': () => manager.get('unknown'),
        'get() of an empty id': () => manager.get(''),
      });
      const ids = await manager.getIds();
      void registration.unregister();
      return {facts, ids};
    },
  },
  {
    name: 'keeps ids apart',
    async run({manager, id, file, ended}) {
      const {url} = file(100, {stall: 50});
      const [first, second] = await Promise.allSettled([
        manager.fetch(id, url),
        manager.fetch(id, url),
      ]);
      const registration = await manager.get(id);
      const facts: Fact = {
        first: first.status,
        second:
          second.status === 'rejected' ? String(second.reason) : 'fulfilled',
        third: await outcome(manager.fetch(id, url)),
        'third, bad too': await outcome(manager.fetch(id, 'data:,')),
        ids: await manager.getIds(),
      };
      await registration?.abort();
      await ended();
      const again = await manager.fetch(id, file(10).url);
      return {...facts, again: again.result};
    },
  },
];
