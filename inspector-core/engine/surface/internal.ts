/**
 * Known to the engine alone: who has it may construct what pages may not. It
 * never leaves these modules.
 */
export const INTERNAL = Symbol('engine');

/** What a constructor is given by the engine, and by nobody else. */
export interface Internal {
  readonly token: typeof INTERNAL;
}

/** "If the interface has no constructor operation, throw a TypeError." */
export function requireInternal<T extends Internal>(
  init: T | undefined,
): asserts init is T {
  if (init?.token !== INTERNAL) throw new TypeError('Illegal constructor');
}
