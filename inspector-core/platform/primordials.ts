/**
 * The language's and the platform's own functions, captured while our script
 * starts. A page may later replace any of them, break them or count the calls;
 * what is here stays what the browser shipped, provided that we came first.
 *
 * @note Rules for all code that a page's own calls run through (the hooks, and
 * what the engine lays over the browser's own), since syntax calls prototypes too:
 * no spread, no array destructuring and no `for…of` over arrays (they run
 * `Array.prototype[Symbol.iterator]`), no array methods, no public class fields
 * (they run setters of `Object.prototype`), and `__proto__: null` on every
 * object that the language or the browser reads members of.
 */

/** Any function of the platform, to be called with {@link apply}. */
export type Callable = (...args: never[]) => unknown;

export const {
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  setPrototypeOf,
} = Reflect;
const {apply: reflectApply, construct: reflectConstruct} = Reflect;

export const PromiseCtor = Promise;
export const ProxyCtor = Proxy;
export const ErrorCtor = Error;
const WeakMapCtor = WeakMap;
const MapCtor = Map;

export const {isArray} = Array;
export const {isFinite} = Number;
const {charCodeAt, indexOf, slice, startsWith} = String.prototype;
const {resolve} = Promise;
const promiseThen = Promise.prototype.then;
const NO_CONSTRUCTOR = {__proto__: null, value: undefined, configurable: true};
const mapMethods = {
  get: Map.prototype.get,
  set: Map.prototype.set,
  remove: Map.prototype.delete,
};
const weakMapMethods = {get: WeakMap.prototype.get, set: WeakMap.prototype.set};
const {addEventListener: listenMethod, removeEventListener: unlistenMethod} =
  EventTarget.prototype;
const realm = globalThis;
const {setTimeout: timeout} = realm;
/** A script that declares a global `var origin` puts its own in this place. */
export const {origin} = realm;
const clock = performance;
const readClock = performance.now;
const {timeOrigin} = performance;
const {round} = Math;

/** Calls a function as the platform does; the result is not checked. */
export function apply<T>(
  callable: Callable,
  self: unknown,
  args: readonly unknown[],
): T {
  return reflectApply(callable, self, args) as T;
}

/** Constructs as the platform does, with the prototype of `newTarget`. */
export const construct = (
  constructor: new (...args: never[]) => object,
  args: readonly unknown[],
  newTarget: new (...args: never[]) => object,
): object => reflectConstruct(constructor, args, newTarget);

/** Without a prototype: a page's `Object.prototype.get` would become part of it. */
export function ownDescriptor(
  owner: object,
  name: PropertyKey,
): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(owner, name);
  if (descriptor !== undefined) setPrototypeOf(descriptor, null);
  return descriptor;
}

/** Defines what nobody enumerates; false where that is not allowed. */
export function defineHidden(
  owner: object,
  name: PropertyKey,
  value: unknown,
  isWritable = false,
): boolean {
  const descriptor = {
    __proto__: null,
    value,
    configurable: true,
    enumerable: false,
    writable: isWritable,
  };
  return defineProperty(owner, name, descriptor);
}

/** A reader of a platform attribute that no page can stand in front of. */
export type Reader<T> = (owner: object) => T;

/** Captures an accessor; reading then throws as the platform's own does. */
export function readerOf<T>(prototype: object, name: string): Reader<T> {
  const get = getOwnPropertyDescriptor(prototype, name)?.get;
  return (owner) => {
    if (get === undefined) throw new ErrorCtor(`${name} is not an attribute`);
    return apply<T>(get, owner, []);
  };
}

/**
 * Reads a member as data, up the prototype chain: an accessor is left alone,
 * because the page's own code would run in it once more than without us.
 */
export function dataOf(owner: unknown, name: PropertyKey): unknown {
  let place: unknown = owner;
  for (let depth = 0; depth < 20 && isObject(place); depth += 1) {
    const descriptor = ownDescriptor(place, name);
    if (descriptor !== undefined) return descriptor.value;
    place = getPrototypeOf(place);
  }
  return undefined;
}

/** Visits an array's members as data; of anything else there are none. */
export function eachMember(
  list: unknown,
  limit: number,
  visit: (member: unknown) => void,
): void {
  if (!isArray(list)) return;
  const {length} = list;
  for (let index = 0; index < length && index < limit; index += 1) {
    visit(dataOf(list, index));
  }
}

/** The object in a prototype chain that has this member as its own. */
export function ownerOf(start: object, name: string): object | undefined {
  let place: object | null = start;
  while (place !== null) {
    if (getOwnPropertyDescriptor(place, name) !== undefined) return place;
    place = getPrototypeOf(place);
  }
  return undefined;
}

export function isObject(value: unknown): value is object {
  return (
    (typeof value === 'object' && value !== null) || typeof value === 'function'
  );
}

/** A map whose keys do not live on because of it. */
export interface Table<K extends object, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
}

export function createTable<K extends object, V>(): Table<K, V> {
  const map = new WeakMapCtor<K, V>();
  return {
    get: (key) => apply<V | undefined>(weakMapMethods.get, map, [key]),
    set: (key, value) => void apply(weakMapMethods.set, map, [key, value]),
  };
}

/** A map by text. */
export interface Index<V> {
  get(key: string): V | undefined;
  set(key: string, value: V): void;
  remove(key: string): void;
}

export function createIndex<V>(): Index<V> {
  const map = new MapCtor<string, V>();
  return {
    get: (key) => apply<V | undefined>(mapMethods.get, map, [key]),
    set: (key, value) => void apply(mapMethods.set, map, [key, value]),
    remove: (key) => void apply(mapMethods.remove, map, [key]),
  };
}

/** Appends to a list without running a setter that the page put on an index. */
export function push<T>(list: T[], value: T): void {
  const descriptor = {
    __proto__: null,
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  };
  defineProperty(list, list.length, descriptor);
}

export const codeAt = (text: string, index: number): number =>
  apply<number>(charCodeAt, text, [index]);

export const cut = (text: string, start: number, end?: number): string =>
  apply<string>(slice, text, [start, end]);

export const find = (text: string, part: string, from = 0): number =>
  apply<number>(indexOf, text, [part, from]);

export const hasPrefix = (text: string, prefix: string): boolean =>
  apply<boolean>(startsWith, text, [prefix]);

/** The promise that the platform makes of an argument of type `Promise`. */
export const toPromise = <T>(value: T): Promise<Awaited<T>> =>
  apply(resolve, PromiseCtor, [value]);

/**
 * Promise.prototype.then, whatever the page has put in its place. It asks the
 * promise for its constructor, and that for its species; with `undefined` in
 * the way it takes the language's own, and no code of the page runs.
 */
export function react<T, R>(
  promise: Promise<T>,
  onFulfilled: (value: T) => R,
  onRejected: (reason: unknown) => R,
): Promise<R> {
  const isPlain =
    getOwnPropertyDescriptor(promise, 'constructor') === undefined;
  if (isPlain) defineProperty(promise, 'constructor', NO_CONSTRUCTOR);
  try {
    return apply(promiseThen, promise, [onFulfilled, onRejected]);
  } finally {
    if (isPlain) deleteProperty(promise, 'constructor');
  }
}

export const listen = (
  target: object,
  type: string,
  listener: (event: Event) => void,
): void => void apply(listenMethod, target, [type, listener]);

export const unlisten = (
  target: object,
  type: string,
  listener: (event: Event) => void,
): void => void apply(unlistenMethod, target, [type, listener]);

export const later = (step: () => void, milliseconds: number): void =>
  void apply(timeout, realm, [step, milliseconds]);

/** Milliseconds since 1970, with a fraction, comparable between realms. */
export const now = (): number =>
  // Whole microseconds: the digits beyond them are noise, but cost text.
  round((timeOrigin + apply<number>(readClock, clock, [])) * 1_000) / 1_000;

/** Never negative: some browsers round their clock. */
export const elapsed = (from: number, to: number): number =>
  to > from ? to - from : 0;

/** The prototype of a class of this realm, `undefined` where it has none. */
export function prototypeOf(scope: object, name: string): object | undefined {
  const prototype = dataOf(dataOf(scope, name), 'prototype');
  return isObject(prototype) ? prototype : undefined;
}
