/**
 * The engine in a page, or a dedicated or shared worker: the API in this realm,
 * and the engine itself in the service worker.
 */
import type {Clock} from './seams/clock.js';
import {createSystemClock} from './seams/system-clock.js';
import type {FetchStorage} from './storage/fetch-storage.js';
import {freeScopes} from './storage/free-scopes.js';
import {createIdbStorage} from './storage/idb-storage.js';
import {hasWorker} from './surface/ask-worker.js';
import {
  installInterfaces,
  type SurfaceBackend,
  type SurfaceScope,
} from './surface/install.js';
import {Instances} from './surface/instances.js';
import {createRemoteBackend} from './surface/remote-backend.js';
import {whenUnregistered} from './surface/when-unregistered.js';

export interface PageEngineOptions {
  readonly scope?: SurfaceScope;
  readonly clock?: Clock;
  /** Where the workers have it; a page frees what unregistered ones leave. */
  readonly storage?: FetchStorage;
}

interface Known extends SurfaceBackend {
  readonly registration: ServiceWorkerRegistration;
}

/**
 * Installs Background Fetch in this realm, in place of the browser's own if it
 * has one. The worker of each registration that is used must have the engine.
 */
export function installInPage({
  scope = globalThis,
  clock = createSystemClock(),
  storage = createIdbStorage(),
}: PageEngineOptions = {}): void {
  const backends = new Map<string, Known>();
  installInterfaces(scope, (registration) => {
    const known = backends.get(registration.scope);
    // Not all browsers have one object for a registration; but two of which the
    // first has no worker any more are two registrations.
    if (
      known?.registration === registration ||
      (known !== undefined && hasWorker(known.registration))
    ) {
      return known;
    }
    const backend = createRemoteBackend(registration, clock);
    const surface = {backend, instances: new Instances(backend), registration};
    backends.set(registration.scope, surface);
    return surface;
  });
  whenUnregistered(scope, () => {
    // Asked before it is done: later there may be fetches of a new one.
    const stored = storage.scopes();
    stored.catch(() => {});
    return (registration) => {
      const {scope: gone} = registration;
      const known = backends.get(gone);
      backends.delete(gone);
      const {backend} = known ?? {
        backend: createRemoteBackend(registration, clock),
      };
      backend.drop().catch(() => {});
      void stored
        .then((scopes) =>
          Promise.all(
            (scopes.get(gone) ?? []).map((key) => storage.delete(key)),
          ),
        )
        .catch(() => {});
    };
  });
  sweep(storage).catch(() => {
    // The next page tries again: storage may have been busy, or be forbidden.
  });
}

/** Frees what was left by registrations that were unregistered without us. */
async function sweep(storage: FetchStorage): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  let scopes: Promise<ReadonlySet<string>> | undefined;
  await freeScopes(storage, async (stored) => {
    // Not earlier: what was stored before, and has no registration now, is of
    // one that is gone.
    scopes ??= navigator.serviceWorker
      .getRegistrations()
      .then((all) => new Set(all.map(({scope}) => scope)));
    return !(await scopes).has(stored);
  });
}
