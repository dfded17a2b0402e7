import type {Patches} from '../../platform/patch.js';
import {defineEventInterfaces, defineInterfaces} from './define-interfaces.js';
import type {EventInterfaces} from './events.js';
import {graftMember} from './graft.js';
import {
  graftEventInterfaces,
  graftInterfaces,
  type NativeFetches,
  type Surroundings,
} from './graft-interfaces.js';
import {
  findNative,
  type SurfaceBackend,
  type SurfaceScope,
} from './surface-scope.js';

/**
 * Gives a realm the interfaces that pages and workers have: beside the browser's
 * own, if it has them.
 *
 * @returns the way to the browser's own fetches
 */
export function installInterfaces(
  patches: Patches,
  scope: SurfaceScope,
  backendOf: (registration: ServiceWorkerRegistration) => SurfaceBackend,
  surroundings: Surroundings,
): NativeFetches | undefined {
  const native = findNative(scope);
  if (native !== undefined) {
    return graftInterfaces(patches, native, scope, backendOf, surroundings);
  }
  defineInterfaces(scope, backendOf);
  return undefined;
}

/**
 * Gives a service worker the event interfaces, and the four `on…` attributes:
 * beside the browser's own, if it has them.
 */
export function installEvents(
  patches: Patches,
  scope: EventTarget & {readonly ExtendableEvent: typeof Event},
  events: EventInterfaces,
): void {
  graftMember(
    patches,
    scope.ExtendableEvent.prototype,
    'waitUntil',
    {value: events.waitUntil},
    events.isOwn,
  );
  const native: unknown = Reflect.get(scope, 'BackgroundFetchEvent');
  if (typeof native === 'function')
    graftEventInterfaces(patches, scope, events);
  else defineEventInterfaces(scope, events);
}
