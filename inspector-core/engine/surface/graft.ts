/**
 * Lays the engine's members over the browser's own, so that one interface has
 * two implementations: each object is answered by the one that made it.
 */
type Callable = (...args: unknown[]) => unknown;
type Constructor = new (...args: never[]) => object;
type Brand = (value: unknown) => boolean;

// Kept from now on: these run for objects that are none of the engine's, too.
const {apply, construct, defineProperty, getOwnPropertyDescriptor, ownKeys} =
  Reflect;

const originals = new WeakMap<object, Callable>();

/** The browser's own function, if this one lies over it. */
export function originalOf(value: object): Callable | undefined {
  return originals.get(value);
}

/** What happens instead of a native function, which it is given. */
export type Trap = (
  native: Callable,
  self: unknown,
  args: unknown[],
) => unknown;

/**
 * Replaces a function of the browser's by one that looks and behaves like it in
 * all but what `trap` does: a Proxy has its name, length, and lack of
 * [[Construct]] by itself. Nothing happens where there is none.
 */
export function overlayMember(
  owner: object,
  key: string,
  part: 'get' | 'value',
  trap: Trap,
): void {
  const member = getOwnPropertyDescriptor(owner, key);
  const native: unknown = member?.[part];
  if (typeof native !== 'function') return;
  const replacement = overlay(native as Callable, trap);
  defineProperty(owner, key, {...member, [part]: replacement});
}

function overlay(native: Callable, trap: Trap): Callable {
  const replacement = new Proxy(native, {
    apply: (target, self, args: unknown[]) => trap(target, self, args),
  });
  originals.set(replacement, native);
  return replacement;
}

/** Lays all members of a class over the interface of its name. */
export function graftMembers(
  native: {readonly prototype: object},
  own: {readonly prototype: object},
  isOwn: Brand,
): void {
  for (const key of ownKeys(own.prototype)) {
    const graft = getOwnPropertyDescriptor(own.prototype, key);
    if (typeof key === 'symbol' || key === 'constructor') continue;
    if (graft === undefined) continue;
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
  const native = getOwnPropertyDescriptor(prototype, key) ?? graft;
  const lay = (name: 'get' | 'set' | 'value'): void => {
    const under: unknown = native[name];
    const over: unknown = graft[name];
    if (typeof under !== 'function' || typeof over !== 'function') return;
    native[name] = overlay(under as Callable, (target, self, args) =>
      apply(isOwn(self) ? (over as Callable) : target, self, args),
    );
  };
  lay('get');
  lay('set');
  lay('value');
  defineProperty(prototype, key, native);
}

/**
 * Lets scripts construct what the native constructor refuses: where `isOwn`
 * says so of the arguments, the class does it.
 *
 * @returns the constructor that stands in the native one's place
 */
export function graftConstructor(
  scope: object,
  name: string,
  own: Constructor,
  isOwn: (args: readonly unknown[]) => boolean,
): Constructor {
  const native = Reflect.get(scope, name) as Constructor;
  const replacement = new Proxy(native, {
    construct: (target, args: unknown[], newTarget) =>
      construct(isOwn(args) ? own : target, args, newTarget as Constructor),
  });
  originals.set(replacement, native as unknown as Callable);
  const replace = (owner: object, key: string): void => {
    const descriptor = getOwnPropertyDescriptor(owner, key);
    if (descriptor === undefined) return;
    defineProperty(owner, key, {...descriptor, value: replacement});
  };
  replace(scope, name);
  replace(native.prototype as object, 'constructor');
  return replacement;
}
