/**
 * Lays the engine's members over the browser's own, so that one interface has
 * two implementations: each object is answered by the one that made it.
 */
import type {Patches, Trap} from '../../platform/patch.js';
import {
  apply,
  defineProperty,
  ownDescriptor,
  type Callable,
} from '../../platform/primordials.js';

type Brand = (value: unknown) => boolean;

/** Lays all members of a class over the interface of its name. */
export function graftMembers(
  patches: Patches,
  native: {readonly prototype: object},
  own: {readonly prototype: object},
  isOwn: Brand,
): void {
  for (const key of Object.getOwnPropertyNames(own.prototype)) {
    const graft = ownDescriptor(own.prototype, key);
    if (key === 'constructor' || graft === undefined) continue;
    graftMember(patches, native.prototype, key, graft, isOwn);
  }
}

/** Lays one member over the native one; one that is missing is added. */
export function graftMember(
  patches: Patches,
  prototype: object,
  key: string,
  graft: PropertyDescriptor,
  isOwn: Brand,
): void {
  if (ownDescriptor(prototype, key) === undefined) {
    defineProperty(prototype, key, graft);
    return;
  }
  const lay =
    (over: Callable): Trap =>
    (native, self, args) =>
      apply(isOwn(self) ? over : native, self, args);
  const method: unknown = graft.value;
  if (typeof method === 'function') {
    patches.method(prototype, key, lay(method as Callable));
    return;
  }
  const {get, set} = graft;
  patches.accessor(prototype, key, {
    ...(get && {get: lay(get)}),
    ...(set && {set: lay(set)}),
  });
}
