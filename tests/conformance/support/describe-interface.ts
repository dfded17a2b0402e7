/** An interface as a script can see it, as data. */
export interface SeenInterface {
  readonly onGlobal: string;
  readonly kind: string;
  readonly parent: string;
  readonly length: readonly [unknown, string];
  readonly name: readonly [unknown, string];
  readonly prototype: string;
  readonly prototypeParent: string;
  readonly constructorOf: string;
  readonly tag: readonly [unknown, string];
  readonly hasUnscopables: boolean;
  readonly called: string;
  readonly constructed: string;
  readonly statics: readonly string[];
  readonly members: Readonly<Record<string, SeenMember>>;
}

/** A member of an interface's prototype, or of a global. */
export interface SeenMember {
  readonly kind: 'attribute' | 'operation' | 'constant';
  readonly flags: string;
  readonly get?: readonly [string, number];
  readonly set?: readonly [string, number];
  /** Name, length, and what it is: a plain function. */
  readonly operation?: readonly [string, number, string];
  /** Called on something else: `throws TypeError`, `rejects TypeError`, … */
  readonly onOther: string;
  /** Read or called on the prototype itself. */
  readonly onPrototype: string;
}

/**
 * Becomes text: looks at an interface of the realm that it runs in. What it finds
 * is compared with what Web IDL says there has to be.
 */
export async function describeInterface(
  self: object,
  name: string,
): Promise<SeenInterface | undefined> {
  type Callable = (...args: unknown[]) => unknown;
  const found = Object.getOwnPropertyDescriptor(self, name);
  if (found === undefined) return undefined;

  const flags = (of: PropertyDescriptor | undefined): string =>
    of === undefined
      ? 'absent'
      : [
          of.writable === true && 'writable',
          of.enumerable === true && 'enumerable',
          of.configurable === true && 'configurable',
        ]
          .filter(Boolean)
          .join(' ');
  const outcome = async (call: () => unknown): Promise<string> => {
    // Of this realm, and by name: an error of another one would be wrong.
    const say = (error: unknown): string =>
      error instanceof TypeError ? 'TypeError' : String(error);
    try {
      const value = call();
      if (!(value instanceof Promise)) return `gives ${String(value)}`;
      return await value.then(
        (given) => `fulfils ${String(given)}`,
        (error: unknown) => `rejects ${say(error)}`,
      );
    } catch (error) {
      return `throws ${say(error)}`;
    }
  };
  const describe = (of: object, key: string): readonly [unknown, string] => {
    const own = Object.getOwnPropertyDescriptor(of, key);
    return [own?.value, flags(own)];
  };
  const nameOf = (value: unknown): string =>
    typeof value === 'function'
      ? value.name || 'Function.prototype'
      : String(value);

  const Interface = found.value as Callable & {readonly prototype: object};
  const {prototype} = Interface;
  const tag = Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag);
  const parent: unknown = Object.getPrototypeOf(Interface);
  const above = Object.getPrototypeOf(prototype) as object;

  const seeMember = async (
    key: string,
    own: PropertyDescriptor,
  ): Promise<SeenMember> => {
    const {get, set} = own as {
      readonly get?: Callable;
      readonly set?: Callable;
    };
    const value: unknown = own.value;
    if (typeof value === 'function') {
      const operation = value as Callable;
      return {
        kind: 'operation',
        flags: flags(own),
        operation: [
          operation.name,
          operation.length,
          nameOf(Object.getPrototypeOf(operation)),
        ],
        onOther: await outcome(() => operation.call({}, 'a', 'b')),
        onPrototype: await outcome(() => operation.call(prototype, 'a', 'b')),
      };
    }
    if (get === undefined) {
      return {
        kind: 'constant',
        flags: flags(own),
        onOther: '',
        onPrototype: '',
      };
    }
    return {
      kind: 'attribute',
      flags: flags(own),
      get: [get.name, get.length],
      ...(set === undefined ? {} : {set: [set.name, set.length] as const}),
      onOther: await outcome(() => get.call({})),
      onPrototype: await outcome(() => Reflect.get(prototype, key)),
    };
  };
  const members: Record<string, SeenMember> = {};
  const all = Object.entries(Object.getOwnPropertyDescriptors(prototype));
  for (const [key, own] of all) {
    if (key !== 'constructor') members[key] = await seeMember(key, own);
  }
  return {
    onGlobal: flags(found),
    kind: typeof Interface,
    parent:
      parent === Function.prototype ? 'Function.prototype' : nameOf(parent),
    length: describe(Interface, 'length'),
    name: describe(Interface, 'name'),
    prototype: flags(Object.getOwnPropertyDescriptor(Interface, 'prototype')),
    prototypeParent:
      above === Object.prototype
        ? 'Object'
        : nameOf(Reflect.get(above, 'constructor')),
    constructorOf:
      Reflect.get(prototype, 'constructor') === Interface
        ? flags(Object.getOwnPropertyDescriptor(prototype, 'constructor'))
        : 'not the interface',
    tag: [tag?.value, flags(tag)],
    hasUnscopables: Object.hasOwn(prototype, Symbol.unscopables),
    called: await outcome(() =>
      Reflect.apply(Interface, undefined, ['a', 'b']),
    ),
    constructed: await outcome(() => Reflect.construct(Interface, [])),
    statics: Reflect.ownKeys(Interface)
      .map(String)
      .filter((key) => !['length', 'name', 'prototype'].includes(key)),
    members,
  };
}
