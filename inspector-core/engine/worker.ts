/**
 * The engine in a service worker: the API in its realm, and what runs under it.
 */
import type {
  BackgroundFetchEventName,
  ExtendableEvent,
} from '../platform/background-fetch.js';
import type {Observation} from './attempt-observer.js';
import {BlobParts} from './driver/blob-parts.js';
import type {Job} from './driver/job.js';
import {Room} from './driver/room.js';
import {makePool} from './driver/seams.js';
import {ActiveFetches} from './registration/active-fetches.js';
import type {RouteSetting} from '../protocol/route.js';
import {createControl} from './control.js';
import {createPatches} from '../platform/patch.js';
import {makeEngine, type Engine} from './engine.js';
import {Routing} from './routing.js';
import type {Clock} from '../seams/clock.js';
import type {CallVerdict} from '../seams/verdict.js';
import type {FetchCall, WorldConditions} from '../seams/world-conditions.js';
import type {Network} from '../seams/network.js';
import type {Random} from '../seams/random.js';
import {findProfile} from './profile/find-profile.js';
import type {ProfileName} from './profile/profile.js';
import {createSystemClock} from '../seams/system-clock.js';
import {createSystemNetwork} from '../seams/system-network.js';
import {createSystemPermission} from '../seams/system-permission.js';
import {within} from '../seams/within.js';
import type {FetchStorage} from './storage/fetch-storage.js';
import {freeScopes} from './storage/free-scopes.js';
import {createIdbStorage} from './storage/idb-storage.js';
import {isEngineUsed} from './storage/is-used.js';
import {defineEvents} from './surface/events.js';
import {installEvents, installInterfaces} from './surface/install.js';
import {Instances} from './surface/instances.js';
import {createLocalBackend, describeJob} from './surface/local-backend.js';
import {servePages} from './surface/serve-pages.js';
import {findNative, type SurfaceScope} from './surface/surface-scope.js';
import {whenUnregistered} from './surface/when-unregistered.js';

/** The parts of a ServiceWorkerGlobalScope that the engine uses. */
export interface WorkerScope extends EventTarget, SurfaceScope {
  readonly ExtendableEvent: typeof Event;
  readonly registration: ServiceWorkerRegistration;
  readonly serviceWorker?: ServiceWorker;
  readonly clients: {get(id: string): Promise<unknown>};
}

export interface WorkerEngineOptions {
  readonly scope: WorkerScope;
  /** Of the fetches that this worker itself starts; can be changed later. */
  readonly route?: RouteSetting;
  /** Whom its fetches, and its own objects, behave like. */
  readonly profile?: ProfileName;
  readonly clock?: Clock;
  readonly network?: Network;
  readonly storage?: FetchStorage;
  readonly random?: Random;
  /**
   * How a body comes: `chunks` are counted as they come; `auto` lets large ones
   * come in parts that are not, where nothing shapes or watches the traffic.
   */
  readonly bodyRoute?: BodyRoute | ((url: string) => BodyRoute);
  /** Of the name "background-fetch"; not given: the browser is asked. */
  readonly permission?: () => Promise<PermissionState>;
  /** What comes between the engine and the world. */
  readonly conditions?: WorldConditions;
}

export type BodyRoute = 'auto' | 'chunks';

/** Whether a realm is a service worker, in which the engine itself can run. */
export function isServiceWorker(scope: object): scope is WorkerScope {
  return 'skipWaiting' in scope;
}

/** A page that is frozen, or gone, is not waited for longer than this. */
const PAGES_TIMEOUT_MS = 1_000;

/**
 * Installs Background Fetch in this worker, beside the browser's own if it has
 * one. To be called while the worker's script first runs.
 */
export function installInWorker({
  scope,
  route = 'auto',
  profile: profileName = 'spec',
  clock = createSystemClock(),
  network: real = createSystemNetwork(clock),
  storage: given,
  random = Math.random,
  permission = createSystemPermission(),
  bodyRoute = 'auto',
  conditions,
}: WorkerEngineOptions): Engine {
  const {registration} = scope;
  const profile = findProfile(profileName);
  const network = conditions?.shapeNetwork(real) ?? real;
  const kept = given ?? createIdbStorage();
  const storage = conditions?.shapeStorage(kept) ?? kept;
  // A site that is only observed gets no database.
  const isUsed = given === undefined ? isEngineUsed : async () => true;
  const events = defineEvents(scope.ExtendableEvent, profile);

  const dispatch = async (
    name: BackgroundFetchEventName,
    job: Job,
    onDelivered: () => void,
  ): Promise<void> => {
    // "Update background fetch instances" comes before the event, in pages too.
    if (!job.isActive) {
      const shown = watches.whenSeen(job.stored.key);
      await within(clock, PAGES_TIMEOUT_MS, shown, () => {});
    }
    // Unregistered meanwhile, or another worker has it: it has no event here.
    if (job.hasStopped) return;
    const over = events.fire({
      target: scope,
      name,
      registration: instances.get(describeJob(job)),
      updateUI: ({title, icons}) =>
        storage.update(job.stored.key, {
          ...(title === undefined ? {} : {title}),
          ...(icons === undefined ? {} : {icons}),
        }),
    });
    onDelivered();
    await over;
    if (!job.isActive) watches.forget(job.stored.key, job.snapshot);
  };

  const blobParts = new BlobParts({
    isAllowed: ({url}) =>
      conditions?.isActive !== true &&
      (typeof bodyRoute === 'string' ? bodyRoute : bodyRoute(url)) === 'auto',
    // What nothing acts on need not pass through what could.
    network: real,
    watch: (onChange, signal) => conditions?.subscribe(onChange, {signal}),
  });
  const observation: Observation = {observer: undefined, lives: 1};
  const restart = async (): Promise<void> => {
    if (!(await isUsed())) return;
    observation.lives += 1;
    await fetches.restart();
  };
  const hasActiveWorker = (): boolean => registration.active !== null;
  const judge = async (call: FetchCall): Promise<CallVerdict | undefined> => {
    await conditions?.ready;
    return conditions?.judgeCall(call);
  };
  const fetches = new ActiveFetches(
    {
      scope: registration.scope,
      permission: async () => conditions?.permission ?? permission(),
      hasActiveWorker,
      availableSpace: () => availableSpace(conditions?.space),
      dispatch,
      judge,
    },
    {
      clock,
      network,
      storage,
      pool: makePool(),
      blobParts,
      profile,
      room: new Room(),
      observation,
      onKilled: () => {
        restart().catch(() => {});
      },
    },
  );
  const backend = createLocalBackend({
    fetches,
    storage,
    clock,
    random,
    profile,
    conditions,
    hasActiveWorker,
    judge: async (call) => {
      const verdict = await judge(call);
      const isDenied = conditions?.permission === 'denied';
      return verdict ?? (isDenied ? 'permission-denied' : undefined);
    },
    ready: whenActive(scope, async () => {
      if (await isUsed()) await fetches.load();
    }),
  });
  const instances = new Instances(backend);
  const watches = servePages(
    scope,
    backend,
    clock,
    async (client) => (await scope.clients.get(client)) !== undefined,
  );

  const routing = new Routing(route, findNative(scope) !== undefined, isUsed);
  const patches = createPatches(() => {});
  const native = installInterfaces(
    patches,
    scope,
    () => ({backend, instances}),
    {routing, clock},
  );
  installEvents(patches, scope, events);
  whenUnregistered(patches, scope, () => ({scope: unregistered}) => {
    if (unregistered === registration.scope) fetches.drop().catch(() => {});
  });
  scope.addEventListener('install', (event) => {
    // A registration without a worker is a new one: what is stored under its
    // scope was of one before it, which is gone.
    if (registration.active !== null) return;
    const free = async (): Promise<void> => {
      if (!(await isUsed())) return;
      await freeScopes(storage, (stored) => stored === registration.scope);
    };
    (event as ExtendableEvent).waitUntil(free().catch(() => {}));
  });
  const control = createControl(
    async (wanted) =>
      wanted === registration.scope ? {registration, backend} : undefined,
    isUsed,
    native,
  );
  // It stays, and answers pages for as long as the worker runs: another one that
  // came after it would never be asked.
  return makeEngine({
    routing,
    control,
    isFired: events.isFired,
    backends: async () => [backend],
    clock,
    worker: {
      scope: registration.scope,
      restart,
      clear: async () => {
        if (await isUsed()) await fetches.clear();
      },
    },
    observe: (observer) => {
      observation.observer = observer;
    },
  });
}

/**
 * Takes up what runs, as soon as this worker is the active one: until then it
 * belongs to the one before it.
 */
function whenActive(
  scope: WorkerScope,
  takeUp: () => Promise<void>,
): () => Promise<void> {
  let loading: Promise<void> | undefined;
  const load = (): Promise<void> => {
    loading ??= takeUp().catch((error: unknown) => {
      // Tried again at the next call: storage may have been busy. Until then
      // nobody is told that there is nothing.
      loading = undefined;
      throw new TypeError('The background fetches cannot be read.', {
        cause: error,
      });
    });
    return loading;
  };
  const isActive = (): boolean => {
    const state = scope.serviceWorker?.state;
    return state === undefined
      ? scope.registration.active !== null
      : state === 'activating' || state === 'activated';
  };
  const begin = (): void => {
    load().catch(() => {});
  };
  if (isActive()) begin();
  else scope.addEventListener('activate', begin, {once: true});
  return () => (isActive() ? load() : Promise.resolve());
}

async function availableSpace(most = Infinity): Promise<number | undefined> {
  // WebKitGTK has no StorageManager.
  const {storage}: {readonly storage?: StorageManager} = navigator;
  const {quota = Infinity, usage = 0} = (await storage?.estimate()) ?? {};
  const space = Math.min(most, quota - usage);
  return space === Infinity ? undefined : space;
}
