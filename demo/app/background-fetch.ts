import type {
  BackgroundFetchManager,
  BackgroundFetchServiceWorkerRegistration,
} from '../../inspector-core/platform/background-fetch.js';

/**
 * Whether scripts brought the API, because the browser has none: what they make
 * goes on only while some page or worker of the app runs.
 */
export function isBroughtByScript(manager: BackgroundFetchManager): boolean {
  return !/\{\s*\[native code\]\s*\}$/.test(String(manager.constructor));
}

/**
 * Registers the service worker, waits until it is active (`fetch()` rejects
 * before) and gives the manager, or undefined where the API is missing.
 */
export async function openBackgroundFetch(): Promise<
  BackgroundFetchManager | undefined
> {
  if (!('serviceWorker' in navigator)) return undefined;
  await navigator.serviceWorker.register('/service-worker.js');
  const registration = await navigator.serviceWorker.ready;
  if (!('backgroundFetch' in registration)) return undefined;
  return (registration as BackgroundFetchServiceWorkerRegistration)
    .backgroundFetch;
}
