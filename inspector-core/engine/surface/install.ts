import type {Routing} from '../routing.js';
import {defineEventInterfaces, defineInterfaces} from './define-interfaces.js';
import type {EventInterfaces} from './events.js';
import {graftMember} from './graft.js';
import {graftEventInterfaces, graftInterfaces} from './graft-interfaces.js';
import {
  findNative,
  type SurfaceBackend,
  type SurfaceScope,
} from './surface-scope.js';

/**
 * Gives a realm the interfaces that pages and workers have: beside the browser's
 * own, if it has them.
 */
export function installInterfaces(
  scope: SurfaceScope,
  backendOf: (registration: ServiceWorkerRegistration) => SurfaceBackend,
  routing: Routing,
): void {
  const native = findNative(scope);
  if (native === undefined) defineInterfaces(scope, backendOf);
  else graftInterfaces(native, scope, backendOf, routing);
}

/**
 * Gives a service worker the event interfaces, and the four `on…` attributes:
 * beside the browser's own, if it has them.
 */
export function installEvents(
  scope: EventTarget & {readonly ExtendableEvent: typeof Event},
  events: EventInterfaces,
): void {
  graftMember(
    scope.ExtendableEvent.prototype,
    'waitUntil',
    {value: events.waitUntil},
    events.isOwn,
  );
  const native: unknown = Reflect.get(scope, 'BackgroundFetchEvent');
  if (typeof native === 'function') graftEventInterfaces(scope, events);
  else defineEventInterfaces(scope, events);
}
