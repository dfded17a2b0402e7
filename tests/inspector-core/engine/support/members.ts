type Callable = (...args: unknown[]) => unknown;

/** One own member of a prototype, as Web IDL would speak of it. */
export interface Member {
  readonly name: string;
  readonly enumerable: boolean;
  readonly configurable: boolean;
  readonly operation: Callable | undefined;
  readonly getter: Callable | undefined;
  readonly setter: Callable | undefined;
}

/** The members of an interface, without its constructor, by name. */
export function membersOf({prototype}: {readonly prototype: object}): Member[] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype))
    .filter(([name]) => name !== 'constructor')
    .map(([name, descriptor]) => {
      const read = (key: string): Callable | undefined => {
        const value: unknown = Reflect.get(descriptor, key);
        return typeof value === 'function' ? (value as Callable) : undefined;
      };
      return {
        name,
        enumerable: descriptor.enumerable === true,
        configurable: descriptor.configurable === true,
        operation: read('value'),
        getter: read('get'),
        setter: read('set'),
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
