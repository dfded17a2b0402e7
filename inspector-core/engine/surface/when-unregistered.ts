import type {SurfaceScope} from './install.js';

/**
 * Says when this realm unregisters a service worker: no event does, and the
 * fetches of a registration go with it.
 *
 * @param onCall runs when it is asked for; what it returns, once it is done
 */
export function whenUnregistered(
  {ServiceWorkerRegistration: {prototype}}: SurfaceScope,
  onCall: () => (registration: ServiceWorkerRegistration) => void,
): void {
  const member = Object.getOwnPropertyDescriptor(prototype, 'unregister');
  const native = member?.value as (() => Promise<boolean>) | undefined;
  if (native === undefined) return;
  const members = {
    async unregister(this: ServiceWorkerRegistration): Promise<boolean> {
      const done = native.call(this);
      const onDone = onCall();
      const isDone = await done;
      if (isDone) onDone(this);
      return isDone;
    },
  };
  // Enumerable, and all, as an operation of the platform's own is.
  Object.defineProperties(prototype, Object.getOwnPropertyDescriptors(members));
}
