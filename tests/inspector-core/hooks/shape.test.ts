import {expect} from '@esm-bundle/chai';
import {
  closeRealms,
  openRealm,
  outcomeOf,
  type Realm,
} from '../../support/realms.js';
import type {RealmWindow} from '../../support/frames.js';

/** Everything that the hooks replace in a page. */
const MEMBERS = [
  ['BackgroundFetchManager', 'fetch'],
  ['BackgroundFetchManager', 'get'],
  ['BackgroundFetchManager', 'getIds'],
  ['BackgroundFetchRegistration', 'match'],
  ['BackgroundFetchRegistration', 'matchAll'],
  ['BackgroundFetchRegistration', 'abort'],
  ['BackgroundFetchRecord', 'responseReady'],
  ['ServiceWorkerRegistration', 'backgroundFetch'],
  ['Function', 'toString'],
] as const;

type AnyFunction = (...args: never[]) => unknown;

const prototypeIn = (window: RealmWindow, name: string): object =>
  (Reflect.get(window, name) as {prototype: object}).prototype;

const descriptorIn = (
  window: RealmWindow,
  [owner, name]: readonly [string, string],
): PropertyDescriptor =>
  Object.getOwnPropertyDescriptor(prototypeIn(window, owner), name) ?? {};

const functionIn = (
  window: RealmWindow,
  member: readonly [string, string],
): AnyFunction => {
  const {value, get} = descriptorIn(window, member);
  return (value ?? get) as AnyFunction;
};

const all = <T>(
  read: (member: readonly [string, string]) => T,
): Record<string, T> =>
  Object.fromEntries(MEMBERS.map((member) => [member.join('.'), read(member)]));

async function openBoth(): Promise<{plain: Realm; hooked: Realm}> {
  return {
    plain: await openRealm(),
    hooked: await openRealm({hooks: true}),
  };
}

describe('the shape of what the hooks replace', () => {
  afterEach(closeRealms);

  it('replaces each of the members, so that the rest here says something', async () => {
    const realm = await openRealm();
    const before = all((member) => functionIn(realm.window, member));
    await realm.hook();
    const after = all((member) => functionIn(realm.window, member));
    for (const [name, native] of Object.entries(before)) {
      expect(after[name], name).not.to.equal(native);
    }
  });

  it('keeps the property descriptors', async () => {
    const {plain, hooked} = await openBoth();
    const shapes = (realm: Realm) =>
      all((member) => {
        const {value, get, set, ...flags} = descriptorIn(realm.window, member);
        return {...flags, kinds: [typeof value, typeof get, typeof set]};
      });
    expect(shapes(hooked)).to.deep.equal(shapes(plain));
  });

  it('keeps names, lengths and own properties of the functions', async () => {
    const {plain, hooked} = await openBoth();
    const shapes = (realm: Realm) =>
      all((member) => {
        const method = functionIn(realm.window, member);
        // Sorted: Firefox makes `name` and `length` when they are first read.
        const keys = Reflect.ownKeys(method).map(String).toSorted();
        return [method.name, method.length, keys];
      });
    expect(shapes(hooked)).to.deep.equal(shapes(plain));
  });

  it('keeps the order of the prototypes\u2019 members', async () => {
    const {plain, hooked} = await openBoth();
    const keys = (realm: Realm) =>
      all(([owner]) => Reflect.ownKeys(prototypeIn(realm.window, owner)));
    expect(keys(hooked)).to.deep.equal(keys(plain));
  });

  it('shows the native text of each function, however it is asked', async () => {
    const {plain, hooked} = await openBoth();
    const texts = (realm: Realm) =>
      all((member) => {
        const method = functionIn(realm.window, member);
        const toString = functionIn(realm.window, ['Function', 'toString']);
        return [
          method.toString(),
          String(method),
          Reflect.apply(toString, method, []),
        ];
      });
    expect(texts(hooked)).to.deep.equal(texts(plain));
    expect(texts(hooked)['Function.toString']?.[0]).to.contain('toString');
  });

  it('refuses to be constructed as the native functions do', async () => {
    const {plain, hooked} = await openBoth();
    const errors = async (realm: Realm) => {
      const found: string[] = [];
      for (const member of MEMBERS) {
        const method = functionIn(realm.window, member);
        found.push(await outcomeOf(() => Reflect.construct(method, [])));
      }
      return found;
    };
    const found = await errors(hooked);
    // The engine's message names the variable, so only the class can be told.
    expect(found.map((text) => text.split(':')[0])).to.deep.equal(
      (await errors(plain)).map((text) => text.split(':')[0]),
    );
  });

  it('refuses a foreign object as the native functions do', async () => {
    const {plain, hooked} = await openBoth();
    const errors = async (realm: Realm) => {
      const found: string[] = [];
      for (const member of MEMBERS) {
        const method = functionIn(realm.window, member);
        const call = () =>
          Reflect.apply(method, {}, ['id' as never, '/' as never]);
        found.push(await outcomeOf(call));
      }
      return found;
    };
    expect(await errors(hooked)).to.deep.equal(await errors(plain));
    expect(await hooked.unhandledSoFar()).to.deep.equal([]);
  });
});

describe('uninstalling the hooks', () => {
  afterEach(closeRealms);

  it('puts every descriptor back', async () => {
    const realm = await openRealm();
    const read = () => all((member) => descriptorIn(realm.window, member));
    const before = read();
    const symbols = Object.getOwnPropertySymbols(realm.window);
    await realm.hook();
    realm.window.hookedRealm?.uninstall();
    for (const [name, {value, get, set, ...flags}] of Object.entries(read())) {
      expect(value, name).to.equal(before[name]?.value);
      expect(get, name).to.equal(before[name]?.get);
      expect(set, name).to.equal(before[name]?.set);
      expect(before[name], name).to.include(flags);
    }
    expect(Object.getOwnPropertySymbols(realm.window)).to.deep.equal(symbols);
    expect(realm.entries().at(-1)?.fact).to.include({
      type: 'realm-closed',
      reason: 'uninstalled',
    });
  });

  it('leaves what others have wrapped, and passes through there', async () => {
    const realm = await openRealm({hooks: true});
    const prototype = prototypeIn(realm.window, 'BackgroundFetchManager');
    const ours = functionIn(realm.window, ['BackgroundFetchManager', 'getIds']);
    function wrapper(this: unknown): unknown {
      return Reflect.apply(ours, this, []);
    }
    Object.defineProperty(prototype, 'getIds', {value: wrapper});
    realm.window.hookedRealm?.uninstall();
    const length = realm.entries().length;
    expect(
      functionIn(realm.window, ['BackgroundFetchManager', 'getIds']),
    ).to.equal(wrapper);
    expect(await outcomeOf(() => Reflect.apply(wrapper, {}, []))).to.match(
      /^(throws|rejects) TypeError/,
    );
    expect(realm.entries()).to.have.length(length);
  });

  it('allows to hook the realm again, but never twice at once', async () => {
    const realm = await openRealm({hooks: true});
    const first = realm.window.hookedRealm;
    const method = functionIn(realm.window, ['BackgroundFetchManager', 'get']);
    await realm.hook();
    expect(realm.window.hookedRealm?.isInstalled).to.equal(false);
    expect(realm.entries()).to.deep.equal([]);
    expect(
      functionIn(realm.window, ['BackgroundFetchManager', 'get']),
    ).to.equal(method);
    first?.uninstall();
    await realm.hook();
    expect(realm.window.hookedRealm?.isInstalled).to.equal(true);
    expect(realm.entries()[0]?.fact).to.include({timing: 'late'});
  });
});
