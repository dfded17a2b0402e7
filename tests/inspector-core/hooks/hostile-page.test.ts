import {expect} from '@esm-bundle/chai';
import type {BackgroundFetchManager} from '../../../inspector-core/platform/background-fetch.js';
import {
  PROTOCOL_VERSION,
  parseBatch,
} from '../../../inspector-core/protocol/protocol.js';
import {
  closeRealms,
  factsOf,
  hasNativeApi,
  openOwn,
  openRealm,
  resource,
  sideBySide,
  startWorker,
  until,
  type Realm,
} from '../../support/realms.js';
import type {RealmWindow} from '../../support/frames.js';

/**
 * Replaces what a hook might lean on by functions that count their calls and
 * then fail. Gives the names of those that were called.
 */
function sabotage(window: RealmWindow): string[] {
  const called: string[] = [];
  const spoil = (owner: object, label: string, names: readonly string[]) => {
    for (const name of names) {
      Object.defineProperty(owner, name, {
        configurable: true,
        writable: true,
        value: function spoiled() {
          called.push(`${label}.${name}`);
          throw new window.Error(`${label}.${name} is spoiled`);
        },
      });
    }
  };
  const methods = (owner: object): string[] =>
    Object.getOwnPropertyNames(owner).filter(
      (name) =>
        name !== 'constructor' &&
        typeof Object.getOwnPropertyDescriptor(owner, name)?.value ===
          'function',
    );
  const prototypes: readonly (keyof RealmWindow & string)[] = [
    'Array',
    'Map',
    'Set',
    'WeakMap',
    'WeakSet',
    'Promise',
    'String',
    'Number',
    'RegExp',
    'Headers',
    'URL',
    'Request',
    'Response',
    'Performance',
  ];
  for (const name of prototypes) {
    const {prototype} = window[name] as {prototype: object};
    spoil(prototype, name, methods(prototype));
  }
  spoil(window.Function.prototype, 'Function', ['apply', 'bind', 'call']);
  spoil(window.Error, 'Error', methods(window.Error));
  for (const iterable of ['Array', 'Map', 'Set', 'String'] as const) {
    Object.defineProperty(window[iterable].prototype, Symbol.iterator, {
      configurable: true,
      value() {
        called.push(`${iterable}[Symbol.iterator]`);
        throw new window.Error('spoiled');
      },
    });
  }
  spoil(window.JSON, 'JSON', ['parse', 'stringify']);
  spoil(window.Reflect, 'Reflect', methods(window.Reflect));
  spoil(window.Object, 'Object', methods(window.Object));
  spoil(window.Math, 'Math', methods(window.Math));
  spoil(window, 'window', [
    'fetch',
    'Proxy',
    'Map',
    'Set',
    'WeakMap',
    'Number',
    'Object',
    'String',
    'Array',
    'Error',
    'URL',
    'Promise',
    'setTimeout',
    'queueMicrotask',
    'structuredClone',
  ]);
  spoil(window.EventTarget.prototype, 'EventTarget', [
    'addEventListener',
    'removeEventListener',
  ]);
  // Read whenever somebody forgets that objects inherit.
  for (const name of ['get', 'set', 'apply', 'signal', 'toJSON', 'title']) {
    Object.defineProperty(window.Object.prototype, name, {
      configurable: true,
      get() {
        called.push(`Object.prototype.${name}`);
        return undefined;
      },
      set() {
        called.push(`Object.prototype.${name} =`);
      },
    });
  }
  for (const index of ['0', '1']) {
    Object.defineProperty(window.Array.prototype, index, {
      configurable: true,
      set() {
        called.push(`Array.prototype[${index}] =`);
      },
    });
  }
  return called;
}

/**
 * Uses the API in the page itself: there `await` needs nothing that the page has
 * replaced, while another realm's would call the promise's own `then`.
 */
function useTheApi(
  {window}: Realm,
  manager: BackgroundFetchManager,
  url: string,
): Promise<string> {
  const steps = async (
    manager: BackgroundFetchManager,
    url: string,
    done: (outcome: string) => void,
  ): Promise<void> => {
    try {
      const made = await manager.fetch(url, [url]);
      await manager.get(url);
      await manager.getIds();
      await made.matchAll();
      await made.abort();
    } catch (error) {
      done(String(error));
      return;
    }
    try {
      await manager.get('');
      done('an empty id was taken');
    } catch {
      done('done');
    }
  };
  const inPage = window.eval(`(${String(steps)})`) as typeof steps;
  return new Promise((resolve) => void inPage(manager, url, resolve));
}

const EXPECTED = [
  'fetch fulfilled',
  'get fulfilled',
  'getIds fulfilled',
  'matchAll fulfilled',
  'abort fulfilled',
  'get rejected',
];

function callsIn(realm: Realm): readonly string[] {
  const settled = factsOf(realm.entries(), 'call-settled');
  return factsOf(realm.entries(), 'call-started').map(
    ({call, invocation}) =>
      `${invocation.method} ${
        settled.find((fact) => fact.call === call)?.outcome.status ?? 'pending'
      }`,
  );
}

describe('a hostile page', function () {
  this.timeout(40_000);
  afterEach(closeRealms);

  // A fake API is itself made of what is replaced here.
  (hasNativeApi ? it : it.skip)(
    'cannot break or watch the hooks by what it replaces after them',
    async () => {
      const {realm, manager} = await openOwn();
      const called = sabotage(realm.window);
      const outcome = await useTheApi(
        realm,
        manager,
        resource({name: 'spoiled'}),
      );
      expect(outcome).to.equal('done');
      await until(() => callsIn(realm).length === EXPECTED.length);
      await until(() => factsOf(realm.entries(), 'records-listed').length);
      expect(callsIn(realm)).to.deep.equal(EXPECTED);
      expect(factsOf(realm.entries(), 'hook-faulted')).to.deep.equal([]);
      expect([...new Set(called)]).to.deep.equal([]);
    },
  );

  it('gets hooks that still work when it replaced things before them', async () => {
    const {scope} = await startWorker();
    const realm = await openRealm({
      scope,
      hooks: true,
      before: (window) => {
        for (const name of ['fetch', 'JSON'] as const) {
          Reflect.set(window, name, undefined);
        }
        Object.defineProperty(window.Object.prototype, 'toJSON', {
          configurable: true,
          value: () => 'forged',
        });
        Object.defineProperty(window.Array.prototype, 'extra', {
          configurable: true,
          enumerable: true,
          value: 1,
        });
      },
    });
    const manager = await realm.manager();
    const outcome = await useTheApi(realm, manager, resource({name: 'later'}));
    expect(outcome).to.equal('done');
    expect(callsIn(realm)).to.deep.equal(EXPECTED);
    expect(factsOf(realm.entries(), 'hook-faulted')).to.deep.equal([]);
  });

  it('may use any id: what is logged is data that the protocol takes', async () => {
    const long = 'x'.repeat(1024 * 1024 - 1);
    const ids = [
      '<img src=x onerror=alert(1)>',
      'nul \0 nul',
      '\ud800 lone',
      '__proto__',
      `${long}1`,
      `${long}2`,
    ];
    const {plain, hooked, realm} = await sideBySide(async (realm) => {
      const manager = await realm.manager();
      const seen: unknown[] = [];
      for (const id of ids) {
        const made = await manager.fetch(id, resource({}));
        // Chromium gives an empty id for one with a lone surrogate.
        seen.push(
          made.id === id,
          made.id.length,
          (await manager.get(id))?.id === id,
        );
        await made.abort();
        await until(() => made.result);
      }
      return seen;
    });
    expect(hooked).to.deep.equal(plain);
    const entries = realm.entries();
    const seen = factsOf(entries, 'call-started').flatMap(({invocation}) =>
      invocation.method === 'fetch' ? [invocation.id] : [],
    );
    expect(seen.slice(0, 4)).to.deep.equal(ids.slice(0, 4));
    expect(new Set(seen).size).to.equal(ids.length);
    expect(factsOf(entries, 'hook-faulted')).to.deep.equal([]);
    const text = JSON.stringify({
      protocol: PROTOCOL_VERSION,
      source: {kind: 'frame', realm: 'test', url: ''},
      entries,
      missed: 0,
    });
    const parsed = parseBatch(JSON.parse(text));
    if (!parsed.ok) throw new Error(parsed.refusal.message);
    expect(parsed.value.refusals).to.deep.equal([]);
  });

  it('may throw anything, and gets it back', async () => {
    const {realm, manager} = await openOwn();
    const thrown: readonly unknown[] = [
      undefined,
      'text',
      5n,
      Symbol('thrown'),
      Object.create(null),
      new Proxy(
        {},
        {
          getPrototypeOf() {
            throw new Error('trap');
          },
          getOwnPropertyDescriptor() {
            throw new Error('trap');
          },
        },
      ),
    ];
    for (const value of thrown) {
      const id = {
        toString() {
          throw value;
        },
      };
      const get = manager.get.bind(manager) as (
        id: unknown,
      ) => Promise<unknown>;
      let reason: unknown = 'nothing';
      try {
        await get(id);
      } catch (error) {
        reason = error;
      }
      expect(reason).to.equal(value);
    }
    const settled = factsOf(realm.entries(), 'call-settled');
    expect(settled).to.have.length(thrown.length);
    expect(factsOf(realm.entries(), 'hook-faulted')).to.deep.equal([]);
  });
});
