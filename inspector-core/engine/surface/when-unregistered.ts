import type {Patches} from '../../platform/patch.js';
import {apply, react} from '../../platform/primordials.js';
import type {SurfaceScope} from './surface-scope.js';

/**
 * Says when this realm unregisters a service worker: no event does, and the
 * fetches of a registration go with it.
 *
 * @param onCall runs when it is asked for; what it returns, once it is done
 */
export function whenUnregistered(
  patches: Patches,
  {ServiceWorkerRegistration: Registration}: SurfaceScope,
  onCall: () => (registration: ServiceWorkerRegistration) => void,
): void {
  if (Registration === undefined) return;
  patches.method(Registration.prototype, 'unregister', (native, self, args) => {
    const done = apply<Promise<boolean>>(native, self, args);
    const onDone = attempt(onCall);
    return react(
      done,
      (isDone) => {
        if (isDone) {
          attempt(() => onDone?.(self as ServiceWorkerRegistration));
        }
        return isDone;
      },
      (reason) => {
        throw reason;
      },
    );
  });
}

/** What the page may have broken of ours has nothing to do with its call. */
function attempt<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
