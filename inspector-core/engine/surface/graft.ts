/**
 * Lays the engine's members over the browser's own, so that one interface has
 * two implementations: each object is answered by the one that made it. A page
 * that never meets the engine runs through here, too; so what it may have
 * replaced is not called, see `primordials.ts`.
 */
import {
  apply,
  createTable,
  defineProperty,
  getOwnPropertyDescriptor,
  getPrototypeOf,
  ProxyCtor,
  push,
  setPrototypeOf,
  type Callable,
} from '../../platform/primordials.js';

type Constructor = new (...args: never[]) => object;
type Brand = (value: unknown) => boolean;

const {construct} = Reflect;

const originals = createTable<object, Callable>();
const undo: (() => void)[] = [];

/** The browser's own function, if this one lies over it. */
export function originalOf(value: object): Callable | undefined {
  return originals.get(value);
}

/**
 * Puts the browser's own functions back. Where somebody has wrapped ours
 * meanwhile, it stays, and passes on what is not the engine's.
 */
export function removeGrafts(): void {
  for (const step of undo.splice(0).toReversed()) step();
}

/** What happens instead of a native function, which it is given. */
export type Trap = (
  native: Callable,
  self: unknown,
  args: readonly unknown[],
) => unknown;

/**
 * Replaces a function of the browser's by one that looks and behaves like it in
 * all but what `trap` does: a Proxy has its name, length, and lack of
 * [[Construct]] by itself. Nothing happens where there is none.
 */
export function overlayMember(
  owner: object,
  key: string,
  part: 'get' | 'set' | 'value',
  trap: Trap,
): void {
  const member = ownDescriptor(owner, key);
  const native: unknown = member?.[part];
  if (member === undefined || typeof native !== 'function') return;
  const replacement = overlay(native as Callable, trap);
  replace(owner, key, part, replacement, native);
}

function replace(
  owner: object,
  key: string,
  part: 'get' | 'set' | 'value',
  replacement: object,
  native: object,
): void {
  const change = (before: object, after: object): void => {
    const member = ownDescriptor(owner, key);
    if (member?.[part] !== before) return;
    member[part] = after as Callable;
    defineProperty(owner, key, member);
  };
  change(native, replacement);
  push(undo, () => {
    change(replacement, native);
  });
}

function overlay(native: Callable, trap: Trap): Callable {
  const handler = {
    __proto__: null,
    apply: (target: Callable, self: unknown, args: readonly unknown[]) =>
      trap(target, self, args),
  };
  const replacement = new ProxyCtor<Callable>(native, handler);
  originals.set(replacement, native);
  return replacement;
}

/** Lays all members of a class over the interface of its name. */
export function graftMembers(
  native: {readonly prototype: object},
  own: {readonly prototype: object},
  isOwn: Brand,
): void {
  for (const key of Object.getOwnPropertyNames(own.prototype)) {
    const graft = ownDescriptor(own.prototype, key);
    if (key === 'constructor' || graft === undefined) continue;
    graftMember(native.prototype, key, graft, isOwn);
  }
}

/** Lays one member over the native one; one that is missing is added. */
export function graftMember(
  prototype: object,
  key: string,
  graft: PropertyDescriptor,
  isOwn: Brand,
): void {
  if (getOwnPropertyDescriptor(prototype, key) === undefined) {
    defineProperty(prototype, key, graft);
    return;
  }
  const lay = (part: 'get' | 'set' | 'value'): void => {
    const over: unknown = graft[part];
    if (typeof over !== 'function') return;
    overlayMember(prototype, key, part, (native, self, args) =>
      apply(isOwn(self) ? (over as Callable) : native, self, args),
    );
  };
  lay('get');
  lay('set');
  lay('value');
}

/**
 * Lets scripts construct what the native constructor refuses: where `isOwn`
 * says so of the arguments, the class does it.
 *
 * @param readOnce gives arguments that can be read again, and nobody notices
 * @returns the constructor that stands in the native one's place
 */
export function graftConstructor(
  scope: object,
  name: string,
  own: Constructor,
  isOwn: (args: readonly unknown[]) => boolean,
  readOnce: (args: readonly unknown[]) => readonly unknown[],
): Constructor {
  const native = Reflect.get(scope, name) as Constructor;
  const handler = {
    __proto__: null,
    construct: (
      target: Constructor,
      args: readonly unknown[],
      newTarget: Constructor,
    ) => {
      const read = readOnce(args);
      return construct(isOwn(read) ? own : target, read, newTarget);
    },
  };
  const replacement = new ProxyCtor<Constructor>(native, handler);
  originals.set(replacement, native as unknown as Callable);
  const prototype = native.prototype as object;
  replace(scope, name, 'value', replacement, native);
  replace(prototype, 'constructor', 'value', replacement, native);
  return replacement;
}

/** Whom an interface inherits from, as scripts see it. */
export function inheritFrom(derived: object, base: object): void {
  const before = getPrototypeOf(derived);
  setPrototypeOf(derived, base);
  push(undo, () => void setPrototypeOf(derived, before));
}

/** Without a prototype: a page's `Object.prototype.get` would become part of it. */
function ownDescriptor(
  owner: object,
  key: string,
): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (descriptor !== undefined) setPrototypeOf(descriptor, null);
  return descriptor;
}
