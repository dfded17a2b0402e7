import type {HookContext} from './hook-context.js';
import {describeUrl} from './describe.js';
import {apply, createTable, isObject} from '../platform/primordials.js';

/** A manager does not know whose it is: this does, for those that it met. */
export interface Managers {
  /** The scope of the manager's service worker registration. */
  scopeOf(manager: unknown): string | undefined;
  /** Takes note of a service worker registration. */
  learn(registration: ServiceWorkerRegistration): void;
}

/** Observed: which manager `registration.backgroundFetch` gives. */
export function followManagers(
  {api, guard, patches}: HookContext,
  onLearned: (registration: ServiceWorkerRegistration) => void,
): Managers {
  const scopes = createTable<object, string>();
  const note = (registration: object, manager: object): void => {
    if (scopes.get(manager) !== undefined) return;
    scopes.set(manager, describeUrl(api.scopeOf(registration)));
    onLearned(registration as ServiceWorkerRegistration);
  };
  patches.accessor(api.workerRegistrations, 'backgroundFetch', {
    get(native, self, args) {
      const manager = apply<unknown>(native, self, args);
      guard('manager', () => {
        if (isObject(self) && isObject(manager)) note(self, manager);
      });
      return manager;
    },
  });
  return {
    scopeOf: (manager) => (isObject(manager) ? scopes.get(manager) : undefined),
    learn: (registration) => note(registration, api.managerOf(registration)),
  };
}
