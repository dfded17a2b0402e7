import {LIMITS} from '../protocol/limits.js';
import {describeUrl} from './describe.js';
import type {HookContext} from './hook-context.js';
import type {Managers} from './managers.js';
import {dataOf, isObject, react} from './primordials.js';
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
      (ids) => guard('attach', () => eachText(ids, meetOne)),
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
  const met = (
    owners: unknown,
    visit: (owner: ServiceWorkerRegistration) => void,
  ) =>
    guard('attach', () => {
      const length = Number(dataOf(owners, 'length') ?? 0);
      for (let index = 0; index < length; index += 1) {
        const owner = dataOf(owners, index);
        if (isObject(owner)) visit(owner as ServiceWorkerRegistration);
      }
    });
  void react(
    container.getRegistrations(),
    (owners) => met(owners, meet),
    ignore,
  );
  // A registration made later: whoever uses it asks it for its manager, which
  // tells us. These two tell also of one that nobody asks.
  void react(
    container.ready,
    (owner) => guard('attach', () => managers.learn(owner)),
    ignore,
  );
  onGlobal(container, 'controllerchange', () => {
    void react(
      container.getRegistrations(),
      (owners) => met(owners, managers.learn),
      ignore,
    );
  });
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

function eachText(list: unknown, visit: (text: string) => void): void {
  const length = Number(dataOf(list, 'length') ?? 0);
  for (let index = 0; index < length && index < LIMITS.list; index += 1) {
    const text = dataOf(list, index);
    if (typeof text === 'string') visit(text);
  }
}

/** Our own questions may fail, as in a frame that is gone; nobody asked them. */
function ignore(): void {}
