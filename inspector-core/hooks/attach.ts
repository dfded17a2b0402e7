import {LIMITS} from '../protocol/limits.js';
import {describeUrl} from './describe.js';
import type {HookContext} from './hook-context.js';
import type {Managers} from './managers.js';
import {
  apply,
  dataOf,
  eachMember,
  isObject,
  react,
  type Callable,
} from '../platform/primordials.js';
import type {Registrations} from './registrations.js';
import {isServiceWorker} from './worker-scope.js';

/**
 * Meets what was there before the hook: every active fetch of every service
 * worker registration of the origin, or of the worker's own. Asked through the
 * native functions, so that none of it shows as a call of the page.
 */
export function meetExisting(
  hook: HookContext,
  managers: Managers,
  registrations: Registrations,
): void {
  const {scope, api, guard, onGlobal} = hook;

  const meet = (owner: ServiceWorkerRegistration): void => {
    managers.learn(owner);
    const manager = api.managerOf(owner);
    const workerScope = describeUrl(api.scopeOf(owner));
    const meetOne = (id: string): void => {
      void react(
        api.get(manager, id),
        (registration) => {
          guard('attach', () => {
            // The page may have started or asked for it while we were asking.
            if (
              isObject(registration) &&
              !registrations.isFollowed(id, workerScope)
            ) {
              registrations.meet(registration, 'attach', workerScope);
            }
          });
        },
        ignore,
      );
    };
    void react(
      api.getIds(manager),
      (ids) =>
        guard('attach', () =>
          eachMember(ids, LIMITS.list, (id) => {
            if (typeof id === 'string') meetOne(id);
          }),
        ),
      ignore,
    );
  };

  if (isServiceWorker(scope)) {
    meet(scope.registration);
    return;
  }
  // Not there in an insecure context and in dedicated workers, and throws in a
  // sandboxed frame: no way to a fetch from here then.
  const container = containerOf(scope);
  if (container === undefined) return;
  // Captured: one of the calls comes later.
  const getRegistrations = dataOf(container, 'getRegistrations') as Callable;
  const visitAll = (
    visit: (owner: ServiceWorkerRegistration) => void,
  ): void => {
    void react(
      apply<Promise<unknown>>(getRegistrations, container, []),
      (owners) =>
        guard('attach', () =>
          eachMember(owners, LIMITS.list, (owner) => {
            if (isObject(owner)) visit(owner as ServiceWorkerRegistration);
          }),
        ),
      ignore,
    );
  };
  visitAll(meet);
  // A registration made later: whoever uses it asks it for its manager, which
  // tells us. These two tell also of one that nobody asks.
  void react(
    container.ready,
    (owner) => guard('attach', () => managers.learn(owner)),
    ignore,
  );
  onGlobal(container, 'controllerchange', () => visitAll(managers.learn));
}

function containerOf(
  scope: typeof globalThis,
): ServiceWorkerContainer | undefined {
  try {
    const navigator: Partial<Navigator> = scope.navigator;
    return navigator.serviceWorker;
  } catch {
    return undefined;
  }
}

/** Our own questions may fail, as in a frame that is gone; nobody asked them. */
function ignore(): void {}
