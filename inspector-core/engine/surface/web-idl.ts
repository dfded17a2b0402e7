/**
 * What Web IDL does between JavaScript and an interface: converting arguments,
 * and giving classes the shape of interfaces.
 *
 * @see https://webidl.spec.whatwg.org/#javascript-binding
 */

import {
  defineProperty,
  isObject,
  setPrototypeOf,
} from '../../platform/primordials.js';

/** Symbols throw, as they should; `String()` would take them. */
export function toDOMString(value: unknown): string {
  return ''.concat(value as string);
}

/** A DOMString in which lone surrogates are replaced. */
export function toUSVString(value: unknown): string {
  return toDOMString(value).replaceAll(/\p{Surrogate}/gu, '\uFFFD');
}

/** Without [EnforceRange]: what is no number is 0, and the rest wraps around. */
export function toUnsignedLongLong(value: unknown): number {
  // Math converts as the specification does: unlike `Number`, no BigInts.
  const number = Math.trunc(value as number);
  return Number.isFinite(number)
    ? Number(BigInt.asUintN(64, BigInt(number)))
    : 0;
}

/** Reads members of a dictionary, in the order in which they are asked for. */
export type ReadMember = <T>(
  name: string,
  convert: (value: unknown) => T,
) => T | undefined;

/** Undefined and null are empty dictionaries; what is no object is none. */
export function toDictionary(value: unknown, name = 'dictionary'): ReadMember {
  if (value === undefined || value === null) return () => undefined;
  if (!isObject(value)) {
    throw new TypeError(`The provided value is not of type '${name}'.`);
  }
  return (name, convert) => {
    const member: unknown = Reflect.get(value, name);
    return member === undefined ? undefined : convert(member);
  };
}

/** The list, if the value is iterable; else undefined. */
export function toSequence<T>(
  value: unknown,
  convert: (value: unknown) => T,
): T[] | undefined {
  if (!isObject(value)) return undefined;
  const method: unknown = Reflect.get(value, Symbol.iterator);
  if (method === undefined || method === null) return undefined;
  if (typeof method !== 'function') {
    throw new TypeError('The value of Symbol.iterator is not a function.');
  }
  const list: T[] = [];
  const iterator = Reflect.apply(method, value, []) as {
    readonly next: (this: void) => IteratorResult<unknown>;
  };
  const {next} = iterator;
  // Without its `return()`: a conversion that throws closes no iterator.
  const once = {
    [Symbol.iterator]: () => ({next: () => Reflect.apply(next, iterator, [])}),
  };
  for (const item of once) list.push(convert(item));
  return list;
}

export function requireArguments(given: number, required: number): void {
  if (given < required) {
    throw new TypeError(
      `${required} argument${required === 1 ? '' : 's'} required, but only ${given} present.`,
    );
  }
}

/** What an interface has that a class cannot say. */
export interface InterfaceShape {
  /** Attributes, and operations with their `length`. */
  readonly attributes: readonly string[];
  readonly operations: Readonly<Record<string, number>>;
  /** Of the constructor; 0 unless it may be called. */
  readonly length?: number;
}

/** Members are enumerable, unlike those of a class; the prototype has a tag. */
export function shapeInterface(
  constructor: {readonly name: string; readonly prototype: object},
  name: string,
  {attributes, operations, length = 0}: InterfaceShape,
): void {
  const {prototype} = constructor;
  // While the scripts load: a page may have spoilt `Object.prototype` before.
  const define = (
    owner: object,
    key: PropertyKey,
    descriptor: {readonly __proto__: null} & PropertyDescriptor,
  ): void => void defineProperty(owner, key, descriptor);
  define(constructor, 'name', {__proto__: null, value: name});
  define(constructor, 'length', {__proto__: null, value: length});
  define(prototype, Symbol.toStringTag, {
    __proto__: null,
    value: name,
    configurable: true,
  });
  for (let index = 0; index < attributes.length; index += 1) {
    const attribute = attributes[index] ?? '';
    define(prototype, attribute, {__proto__: null, enumerable: true});
  }
  for (const operation in operations) {
    if (!Object.hasOwn(operations, operation)) continue;
    define(prototype, operation, {__proto__: null, enumerable: true});
    const method = Reflect.get(prototype, operation) as object;
    const value = operations[operation];
    define(method, 'length', {__proto__: null, value});
    // Those of an interface are plain functions: ours are async ones.
    setPrototypeOf(method, Function.prototype);
  }
}
