/** The interfaces, in a realm that has the browser's own. */
import type {Patches} from '../../platform/patch.js';
import {
  apply,
  construct,
  createTable,
  isObject,
  type Callable,
} from '../../platform/primordials.js';
import type {Routing} from '../routing.js';
import type {Clock} from '../../seams/clock.js';
import {
  createManager,
  type BackgroundFetchManager,
} from './background-fetch-manager.js';
import {BackgroundFetchRecord, isRecord} from './background-fetch-record.js';
import {
  BackgroundFetchRegistration,
  isRegistration,
} from './background-fetch-registration.js';
import type {EventInterfaces} from './events.js';
import {exposeAs} from './exposed.js';
import {graftMembers} from './graft.js';
import {
  besideNative,
  graftManager,
  type GraftedManagers,
} from './graft-manager.js';
import type {
  NativeInterface,
  NativeInterfaces,
  SurfaceBackend,
  SurfaceScope,
} from './surface-scope.js';
import {toDOMString} from './web-idl.js';

/** What can be done to the browser's own fetches, past what lies over them. */
export interface NativeFetches {
  /** False if there is none of this id. */
  abort(registration: ServiceWorkerRegistration, id: string): Promise<boolean>;
}

/** What both routes go by. */
export interface Surroundings {
  readonly routing: Routing;
  readonly clock: Clock;
}

/** Lays the engine beside what the browser has. */
export function graftInterfaces(
  patches: Patches,
  native: NativeInterfaces,
  {ServiceWorkerRegistration: Registration}: SurfaceScope,
  backendOf: (registration: ServiceWorkerRegistration) => SurfaceBackend,
  {routing, clock}: Surroundings,
): NativeFetches {
  exposeAs(BackgroundFetchRecord, native.BackgroundFetchRecord);
  exposeAs(BackgroundFetchRegistration, native.BackgroundFetchRegistration);
  const managers = native.BackgroundFetchManager.prototype as object;
  const get = Reflect.get(managers, 'get') as Callable;
  const abort = Reflect.get(
    native.BackgroundFetchRegistration.prototype as object,
    'abort',
  ) as Callable;
  // A native manager does not know whose it is.
  const owners = createTable<object, ServiceWorkerRegistration>();
  const known = createTable<object, BackgroundFetchManager>();
  const make = (
    manager: object,
    owner: ServiceWorkerRegistration,
  ): BackgroundFetchManager => {
    const before = known.get(manager);
    if (before !== undefined) return before;
    const {backend, instances} = backendOf(owner);
    const own = createManager({
      instances,
      backend: besideNative(backend, (id) => apply(get, manager, [id])),
    });
    known.set(manager, own);
    return own;
  };
  const ownOf = (
    manager: unknown,
  ): (() => BackgroundFetchManager) | undefined => {
    const owner = isObject(manager) ? owners.get(manager) : undefined;
    return isObject(manager) && owner !== undefined
      ? () => make(manager, owner)
      : undefined;
  };
  if (Registration !== undefined) {
    const {prototype} = Registration;
    patches.accessor(prototype, 'backgroundFetch', {
      get(target, self, args) {
        const manager = apply<object>(target, self, args);
        owners.set(manager, self as ServiceWorkerRegistration);
        return manager;
      },
    });
  }
  const judge: GraftedManagers['judge'] = async (manager, call) => {
    const owner = isObject(manager) ? owners.get(manager) : undefined;
    return owner && backendOf(owner).backend.judge(call);
  };
  graftManager(patches, managers, {judge, ownOf, routing, clock});
  graftMembers(
    patches,
    native.BackgroundFetchRecord,
    BackgroundFetchRecord,
    isRecord,
  );
  graftMembers(
    patches,
    native.BackgroundFetchRegistration,
    BackgroundFetchRegistration,
    isRegistration,
  );
  return {
    async abort(registration, id) {
      const manager: unknown = Reflect.get(registration, 'backgroundFetch');
      const found = await apply<Promise<unknown>>(get, manager, [id]);
      if (found === undefined) return false;
      return apply<Promise<boolean>>(abort, found, []);
    },
  };
}

/** Read once, and in the order in which the constructor does. */
function readEventArguments(args: readonly unknown[]): readonly unknown[] {
  if (args.length < 2) return args;
  const type = toDOMString(args[0]);
  const init = args[1];
  if (!isObject(init)) return [type, init];
  const members = ['bubbles', 'cancelable', 'composed', 'registration'];
  const read = members.map((name) => [name, Reflect.get(init, name)] as const);
  return [type, Object.fromEntries(read)];
}

/** The event interfaces: scripts may construct them of either's registrations. */
export function graftEventInterfaces(
  patches: Patches,
  scope: EventTarget,
  {interfaces, isOwn}: EventInterfaces,
): void {
  const isOurs = (args: readonly unknown[]): boolean => {
    const init: unknown = args[1];
    return isObject(init) && isRegistration(Reflect.get(init, 'registration'));
  };
  const graft = (name: string, own: NativeInterface): object => {
    const native = Reflect.get(scope, name) as NativeInterface;
    exposeAs(own, native);
    graftMembers(patches, native, own, isOwn);
    patches.constructible(scope, name, (target, args, newTarget) => {
      const read = readEventArguments(args);
      return construct(isOurs(read) ? own : target, read, newTarget);
    });
    return Reflect.get(scope, name) as object;
  };
  const {BackgroundFetchEvent, BackgroundFetchUpdateUIEvent} = interfaces;
  const base = graft('BackgroundFetchEvent', BackgroundFetchEvent);
  const derived = graft(
    'BackgroundFetchUpdateUIEvent',
    BackgroundFetchUpdateUIEvent,
  );
  patches.inheritance(derived, base);
}
