/** The service worker's global, which the DOM library has no type of. */
export interface ServiceWorkerScope {
  readonly registration: ServiceWorkerRegistration;
  /** Missing in older browsers. */
  readonly serviceWorker?: ServiceWorker;
}

export function isServiceWorker(scope: object): scope is ServiceWorkerScope {
  return 'ServiceWorkerGlobalScope' in scope;
}
