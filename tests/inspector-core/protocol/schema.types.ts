/**
 * Held by the compiler: the schemas describe the facts exactly, optional
 * members included. `satisfies` alone would let a schema forget one of those.
 */
import type {InferOutput} from 'valibot';
import type {FactOf, FactType} from '../../../inspector-core/protocol/facts.js';
import type {factSchemas} from '../../../inspector-core/protocol/schema.js';

/** Each is assignable to the other, and neither has a member more. */
type Equal<A, B> = [A, B, keyof A, keyof B] extends [B, A, keyof B, keyof A]
  ? [Required<A>, Required<B>] extends [Required<B>, Required<A>]
    ? true
    : false
  : false;

/** Same members with the same modifiers, `readonly` apart. */
type Plain<T> = T extends readonly (infer Item)[]
  ? number extends T['length']
    ? Plain<Item>[]
    : {-readonly [K in keyof T]: Plain<T[K]>}
  : T extends object
    ? {-readonly [K in keyof T]: Plain<T[K]>}
    : T;

type Mismatch = {
  [T in FactType]: Equal<
    Plain<InferOutput<(typeof factSchemas)[T]>>,
    Plain<FactOf<T>>
  > extends true
    ? never
    : T;
}[FactType];

export const everySchemaFitsItsFact: Equal<Mismatch, never> = true;
