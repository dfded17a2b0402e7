import {apply} from '../../platform/primordials.js';
import {overlayMember} from './graft.js';
import type {SurfaceScope} from './surface-scope.js';

/**
 * Says when this realm unregisters a service worker: no event does, and the
 * fetches of a registration go with it.
 *
 * @param onCall runs when it is asked for; what it returns, once it is done
 */
export function whenUnregistered(
  {ServiceWorkerRegistration: Registration}: SurfaceScope,
  onCall: () => (registration: ServiceWorkerRegistration) => void,
): void {
  if (Registration === undefined) return;
  overlayMember(
    Registration.prototype,
    'unregister',
    'value',
    async (native, self, args) => {
      const done = apply<Promise<boolean>>(native, self, args);
      const onDone = onCall();
      const isDone = await done;
      if (isDone) onDone(self as ServiceWorkerRegistration);
      return isDone;
    },
  );
}
