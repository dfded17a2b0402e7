/** §1 The event handlers of ServiceWorkerGlobalScope. */
import {expect} from '@esm-bundle/chai';
import {EVENT_HANDLERS} from './support/idl.js';
import {openRealm, REALM_KINDS} from './support/realms.js';
import {suite} from './support/suite.js';

suite('ServiceWorkerGlobalScope', (test) => {
  for (const name of EVENT_HANDLERS) {
    test(`${name} is an attribute of the global itself`, async ({worker}) => {
      const seen = await worker.run((self, name) => {
        const own = Object.getOwnPropertyDescriptor(self, name);
        const throwsTypeError = (call: () => unknown): boolean => {
          try {
            call();
            return false;
          } catch (error) {
            return error instanceof TypeError;
          }
        };
        const prototype = Reflect.get(
          self['ServiceWorkerGlobalScope'] as object,
          'prototype',
        ) as object;
        return {
          getter: [own?.get?.name, own?.get?.length],
          setter: [own?.set?.name, own?.set?.length],
          isEnumerable: own?.enumerable,
          isConfigurable: own?.configurable,
          isOnPrototype: name in prototype,
          // A global's members need no `this`.
          withoutThis: own?.get?.call(undefined) as unknown,
          getThrows: throwsTypeError(() => own?.get?.call({}) as unknown),
          setThrows: throwsTypeError(() => own?.set?.call({}, null)),
        };
      }, name);
      expect(seen).to.deep.equal({
        getter: [`get ${name}`, 0],
        setter: [`set ${name}`, 1],
        isEnumerable: true,
        isConfigurable: true,
        isOnPrototype: false,
        withoutThis: null,
        getThrows: true,
        setThrows: true,
      });
    });

    test(`${name} takes functions and objects, and else becomes null`, async ({
      worker,
    }) => {
      const seen = await worker.run((self, name) => {
        const set = (value: unknown): unknown => {
          self[name] = value;
          return self[name];
        };
        const listener = (): void => {};
        const object = {};
        const isKept = [set(listener) === listener, set(object) === object];
        const primitives = [5, 'text', undefined, true, null].map((value) => {
          set(listener);
          return set(value);
        });
        return {isKept, primitives};
      }, name);
      expect(seen).to.deep.equal({
        isKept: [true, true],
        primitives: [null, null, null, null, null],
      });
    });
  }

  test('its handlers are in no other realm', async ({worker}) => {
    for (const kind of REALM_KINDS) {
      if (kind === 'service worker') continue;
      const realm = await openRealm(kind, worker);
      const found = await realm.run(
        (self, names) => names.filter((name) => name in self),
        EVENT_HANDLERS,
      );
      expect(found, kind).to.deep.equal([]);
      realm.close();
    }
  });
});
