/** The interfaces, in a realm that has none of them. */
import {BACKGROUND_FETCH_EVENTS} from '../../platform/background-fetch.js';
import {
  defineHidden,
  defineProperty,
  ownDescriptor,
} from '../../platform/primordials.js';
import {
  BackgroundFetchManager,
  createManager,
} from './background-fetch-manager.js';
import {BackgroundFetchRecord} from './background-fetch-record.js';
import {BackgroundFetchRegistration} from './background-fetch-registration.js';
import {EventHandler} from './event-handler.js';
import type {EventInterfaces} from './events.js';
import type {SurfaceBackend, SurfaceScope} from './surface-scope.js';

export function defineInterfaces(
  scope: SurfaceScope,
  backendOf: (registration: ServiceWorkerRegistration) => SurfaceBackend,
): void {
  const {ServiceWorkerRegistration: Registration} = scope;
  if (Registration !== undefined) defineManager(Registration, backendOf);
  defineGlobals(scope, {
    BackgroundFetchManager,
    BackgroundFetchRecord,
    BackgroundFetchRegistration,
  });
}

function defineManager(
  {prototype}: NonNullable<SurfaceScope['ServiceWorkerRegistration']>,
  backendOf: (registration: ServiceWorkerRegistration) => SurfaceBackend,
): void {
  // "backgroundFetch" is the same object each time.
  const managers = new WeakMap<
    ServiceWorkerRegistration,
    BackgroundFetchManager
  >();
  // A getter of the platform's own throws for what is no registration.
  const scopeMember = Object.getOwnPropertyDescriptor(prototype, 'scope');
  defineAccessor(prototype, {
    get backgroundFetch(): BackgroundFetchManager {
      // oxlint-disable-next-line typescript/no-this-alias, unicorn/no-this-assignment -- a key of the map
      const self: unknown = this;
      scopeMember?.get?.call(self);
      const registration = self as ServiceWorkerRegistration;
      const known = managers.get(registration);
      if (known !== undefined) return known;
      const manager = createManager(backendOf(registration));
      managers.set(registration, manager);
      return manager;
    },
  });
}

/** The event interfaces, and the `on…` attributes of the global. */
export function defineEventInterfaces(
  scope: EventTarget,
  {interfaces}: EventInterfaces,
): void {
  defineGlobals(scope, interfaces);
  defineHandlers(scope);
}

/** Of the global itself: "[Global]" interfaces have no members on prototypes. */
function defineHandlers(scope: EventTarget): void {
  const handlers = new Map(
    BACKGROUND_FETCH_EVENTS.map((name) => [
      name,
      new EventHandler(scope, name),
    ]),
  );
  for (const [name, handler] of handlers) {
    defineAccessor(scope, {
      get [`on${name}`](): unknown {
        requireGlobal(this, scope);
        return handler.value;
      },
      set [`on${name}`](value: unknown) {
        requireGlobal(this, scope);
        handler.value = value;
      },
    });
  }
}

/** A member of a [Global] interface may be called without `this`. */
function requireGlobal(self: unknown, scope: EventTarget): void {
  if (self === undefined || self === null || self === scope) return;
  throw new TypeError('Illegal invocation');
}

function defineGlobals(
  scope: object,
  interfaces: Readonly<Record<string, unknown>>,
): void {
  for (const [name, value] of Object.entries(interfaces)) {
    defineHidden(scope, name, value, true);
  }
}

/** Copies an accessor as it is written: enumerable, and named as it should. */
function defineAccessor(owner: object, accessors: object): void {
  for (const name of Object.keys(accessors)) {
    const descriptor = ownDescriptor(accessors, name) ?? {};
    if (defineProperty(owner, name, descriptor)) continue;
    // An earlier script has frozen its owner.
    throw new TypeError(`${name} cannot be defined. Load this first.`);
  }
}
