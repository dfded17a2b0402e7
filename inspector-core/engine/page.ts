/**
 * The engine in a page, or a dedicated or shared worker: the API in this realm,
 * and the engine itself in the service worker.
 */
import type {RouteSetting} from '../protocol/route.js';
import {createControl} from './control.js';
import {createPatches} from '../platform/patch.js';
import {makeEngine, type Engine} from './engine.js';
import {Routing} from './routing.js';
import type {Clock} from '../seams/clock.js';
import {findProfile} from './profile/find-profile.js';
import type {ProfileName} from './profile/profile.js';
import {createSystemClock} from '../seams/system-clock.js';
import type {FetchStorage} from './storage/fetch-storage.js';
import {freeScopes} from './storage/free-scopes.js';
import {createIdbStorage} from './storage/idb-storage.js';
import {isEngineUsed} from './storage/is-used.js';
import {hasWorker} from './surface/ask-worker.js';
import {createFindForbiddenUrls} from './surface/find-forbidden-urls.js';
import type {Backend} from './surface/backend.js';
import {installInterfaces} from './surface/install.js';
import {Instances} from './surface/instances.js';
import {createRemoteBackend} from './surface/remote-backend.js';
import {
  findNative,
  type SurfaceBackend,
  type SurfaceScope,
} from './surface/surface-scope.js';
import {whenUnregistered} from './surface/when-unregistered.js';

export interface PageEngineOptions {
  readonly scope?: SurfaceScope;
  /** Of the fetches that this realm starts; can be changed later. */
  readonly route?: RouteSetting;
  /** Whom its objects behave like; its workers' options say how fetches run. */
  readonly profile?: ProfileName;
  readonly clock?: Clock;
  /** Where the workers have it; a page frees what unregistered ones leave. */
  readonly storage?: FetchStorage;
}

interface Known extends SurfaceBackend {
  readonly registration: ServiceWorkerRegistration;
}

/**
 * Installs Background Fetch in this realm, beside the browser's own if it has
 * one. The worker of each registration that is used must have the engine.
 */
export function installInPage({
  scope = globalThis,
  route = 'auto',
  profile = 'spec',
  clock = createSystemClock(),
  storage: given,
}: PageEngineOptions = {}): Engine {
  const storage = given ?? createIdbStorage();
  // A site that is only observed gets no database.
  const isUsed = given === undefined ? isEngineUsed : async () => true;
  const routing = new Routing(route, findNative(scope) !== undefined, isUsed);
  const patches = createPatches(() => {});
  const findForbiddenUrls = createFindForbiddenUrls(globalThis);
  const backends = new Map<string, Known>();
  const backendOf = (registration: ServiceWorkerRegistration): Known => {
    const known = backends.get(registration.scope);
    // Not all browsers have one object for a registration; but two of which the
    // first has no worker any more are two registrations.
    if (
      known?.registration === registration ||
      (known !== undefined && hasWorker(known.registration))
    ) {
      return known;
    }
    const backend = createRemoteBackend(
      registration,
      clock,
      findForbiddenUrls,
      findProfile(profile),
    );
    const surface = {backend, instances: new Instances(backend), registration};
    backends.set(registration.scope, surface);
    return surface;
  };
  const native = installInterfaces(patches, scope, backendOf, {
    routing,
    clock,
  });
  whenUnregistered(patches, scope, () => {
    // Asked before it is done: later there may be fetches of a new one.
    const stored = isUsed().then((used) =>
      used ? storage.scopes() : undefined,
    );
    stored.catch(() => {});
    return (registration) => {
      const {scope: gone} = registration;
      const known = backends.get(gone);
      backends.delete(gone);
      void stored
        .then((scopes) => {
          if (scopes === undefined) return undefined;
          const {backend} = known ?? {
            backend: createRemoteBackend(registration, clock),
          };
          backend.drop().catch(() => {});
          const keys = scopes.get(gone) ?? [];
          return Promise.all(keys.map((key) => storage.delete(key)));
        })
        .catch(() => {});
    };
  });
  routing.found
    .then(() => (routing.isUsed === true ? sweep(storage) : undefined))
    .catch(() => {
      // The next page tries again: storage may have been busy, or be forbidden.
    });
  const control = createControl(
    async (wanted) => {
      const registration = await findRegistration(wanted);
      return registration && backendOf(registration);
    },
    isUsed,
    native,
  );
  const findBackends = async (): Promise<readonly Backend[]> =>
    (await findRegistrations())
      .filter(hasWorker)
      .map((registration) => backendOf(registration).backend);
  return makeEngine({routing, control, patches, backends: findBackends, clock});
}

/** The registration of just this scope; none where there is no way to any. */
async function findRegistration(
  scope: string,
): Promise<ServiceWorkerRegistration | undefined> {
  const all = await findRegistrations();
  return all.find((registration) => registration.scope === scope);
}

/** Those of this origin, where a realm is shown any. */
const findRegistrations = async (): Promise<
  readonly ServiceWorkerRegistration[]
> =>
  'serviceWorker' in navigator
    ? navigator.serviceWorker.getRegistrations()
    : [];

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
