/** What scripts of other people's do to a realm that ours come into. */

/** Before ours: as where the user lets the site store nothing. */
export function forbidStorage(realm: typeof globalThis): void {
  Object.defineProperty(realm, 'indexedDB', {
    get() {
      throw new realm.DOMException('It is forbidden.', 'SecurityError');
    },
  });
}

/** Before ours: another class of promises, which can wait for no other. */
export function replacePromise(realm: typeof globalThis): void {
  const {Promise: Native} = realm;
  class OwnPromise extends Native<unknown> {
    // oxlint-disable-next-line unicorn/no-thenable -- as zone.js has it
    override then(...args: Parameters<Promise<unknown>['then']>): never {
      if (this instanceof OwnPromise) return super.then(...args) as never;
      throw new realm.TypeError('It is none of mine.');
    }
  }
  Reflect.set(realm, 'Promise', OwnPromise);
}

/** After ours: an own thing under each name that the browser has a function for. */
export function replaceGlobals(realm: typeof globalThis): void {
  const names = Object.getOwnPropertyNames(realm).filter(
    (name) => /^[A-Z]/.test(name) && !name.startsWith('BackgroundFetch'),
  );
  const functions = ['fetch', 'setTimeout', 'clearTimeout', 'queueMicrotask'];
  for (const name of [...names, ...functions]) {
    if (typeof Reflect.get(realm, name) !== 'function') continue;
    Reflect.defineProperty(realm, name, {
      value() {
        throw new TypeError(`${name} is replaced`);
      },
    });
  }
}
