/**
 * The only code that replaces a member of the platform. A replacement is a
 * Proxy around the native function, so that its name, its length, its lack of
 * [[Construct]] and its own properties are the native ones by themselves.
 */
import {
  apply,
  construct,
  createTable,
  defineProperty,
  getPrototypeOf,
  isObject,
  ownDescriptor,
  ProxyCtor,
  push,
  setPrototypeOf,
  type Callable,
} from './primordials.js';

/**
 * What happens instead of a native function. It must call `native` once, with
 * the same `self` and arguments, and give or throw what comes of it.
 *
 * @param frame the topmost frame of ours on the stack.
 */
export type Trap = (
  native: Callable,
  self: unknown,
  args: unknown[],
  frame: Callable,
) => unknown;

/** The same for a constructor, of which `new.target` is kept. */
export type ConstructTrap = (
  native: Constructor,
  args: readonly unknown[],
  newTarget: Constructor,
) => object;

export type Constructor = new (...args: never[]) => object;

export interface Traps {
  readonly get?: Trap;
  readonly set?: Trap;
}

export interface Patches {
  /** Replaces a method. Does nothing where there is none. */
  method(owner: object, name: string, trap: Trap): void;
  /** Replaces the getter, the setter, or both. */
  accessor(owner: object, name: string, traps: Traps): void;
  /** Replaces an interface's constructor, also where its prototype names it. */
  constructible(owner: object, name: string, trap: ConstructTrap): void;
  /** Lets an interface inherit from another one than before. */
  inheritance(derived: object, base: object): void;
  /**
   * Puts everything back that is still ours. Where somebody has wrapped our
   * replacement meanwhile, it stays and from now on only passes on.
   */
  restore(): void;
}

/** `onRefused` is told which members the page does not let anybody replace. */
export function createPatches(onRefused: (name: string) => void): Patches {
  let isActive = true;
  const undo: (() => void)[] = [];
  const natives = createTable<object, Callable>();

  const wrap = (native: Callable, trap: Trap): Callable => {
    const handler = {
      __proto__: null,
      apply: (_target: unknown, self: unknown, args: unknown[]): unknown =>
        isActive
          ? trap(native, self, args, handler.apply)
          : apply(native, self, args),
    };
    const replacement = new ProxyCtor<Callable>(native, handler);
    natives.set(replacement, native);
    return replacement;
  };

  const replace = (
    owner: object,
    name: string,
    change: (descriptor: PropertyDescriptor) => void,
  ): void => {
    const before = ownDescriptor(owner, name);
    const after = ownDescriptor(owner, name);
    if (before === undefined || after === undefined) return;
    if (before.configurable !== true) {
      // Without its text a function still tells of its calls.
      if (owner !== Function.prototype) onRefused(name);
      return;
    }
    change(after);
    defineProperty(owner, name, after);
    push(undo, () => {
      const current = ownDescriptor(owner, name);
      if (
        current?.value === after.value &&
        current?.get === after.get &&
        current?.set === after.set
      ) {
        defineProperty(owner, name, before);
      }
    });
  };

  const patches: Patches = {
    method(owner, name, trap) {
      replace(owner, name, (descriptor) => {
        if (typeof descriptor.value === 'function') {
          descriptor.value = wrap(descriptor.value as Callable, trap);
        }
      });
    },
    accessor(owner, name, {get, set}) {
      replace(owner, name, (descriptor) => {
        if (get !== undefined && descriptor.get !== undefined) {
          descriptor.get = wrap(descriptor.get, get);
        }
        if (set !== undefined && descriptor.set !== undefined) {
          descriptor.set = wrap(descriptor.set, set);
        }
      });
    },
    constructible(owner, name, trap) {
      const native = ownDescriptor(owner, name)?.value as Constructor;
      const handler = {
        __proto__: null,
        construct: (
          _target: unknown,
          args: readonly unknown[],
          newTarget: Constructor,
        ): object =>
          isActive
            ? trap(native, args, newTarget)
            : construct(native, args, newTarget),
      };
      const replacement = new ProxyCtor<Constructor>(native, handler);
      natives.set(replacement, native as never);
      const set = (descriptor: PropertyDescriptor): void => {
        descriptor.value = replacement;
      };
      replace(owner, name, set);
      replace(native.prototype as object, 'constructor', set);
    },
    inheritance(derived, base) {
      const before = getPrototypeOf(derived);
      setPrototypeOf(derived, base);
      push(undo, () => void setPrototypeOf(derived, before));
    },
    restore() {
      isActive = false;
      for (let index = undo.length - 1; index >= 0; index -= 1) undo[index]?.();
    },
  };

  // A Proxy around a function shows as `function () { [native code] }`, without
  // the name. Asked for one of ours, this answers with the text of the native.
  patches.method(Function.prototype, 'toString', (native, self, args) =>
    apply(native, (isObject(self) && natives.get(self)) || self, args),
  );
  return patches;
}
