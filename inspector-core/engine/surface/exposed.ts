import {INTERNAL} from './internal.js';

export type Constructor<T extends object = object> = new (
  ...args: never[]
) => T;

/** By class of ours: the interface object that the realm's scripts see. */
const visible = new Map<Constructor, Constructor>();

/** Tells that the browser's own interface stands for this class. */
export function exposeAs(own: Constructor, native: Constructor): void {
  visible.set(own, native);
}

/** The interface object that stands for this class. */
export function findVisible(own: Constructor): Constructor {
  return visible.get(own) ?? own;
}

/**
 * Constructs what scripts may not construct. It has the prototype of the
 * interface that they see, so that `instanceof` holds, and the class's private
 * state, by which its members know it.
 */
export function construct<T extends object, Init extends object>(
  own: new (init: Init & {readonly token: typeof INTERNAL}) => T,
  init: Init,
): T {
  return constructAsSeen(own as Constructor<T>, [{...init, token: INTERNAL}]);
}

/** The same of what scripts may construct, with its arguments. */
export function constructAsSeen<T extends object>(
  own: Constructor<T>,
  args: readonly unknown[],
): T {
  return Reflect.construct(own, args, findVisible(own)) as T;
}
