/** What a hook tells of its realm. */
import type {ErrorDescription} from './describe.js';
import type {RealmId} from './source.js';

/** A hook began to watch its realm. Always the realm's first entry. */
export interface RealmOpened {
  readonly type: 'realm-opened';
  /** `late`: scripts of the page ran before the hook, so calls may be missing. */
  readonly timing: 'before-scripts' | 'late';
  readonly backgroundFetch: boolean;
  readonly secureContext: boolean;
  /** A realm with an opaque origin has no service worker, hence no API. */
  readonly origin: string;
  /** Of a service worker: the scope of its registration. */
  readonly scope?: string;
}

/** The page went into the back-forward cache: nothing runs in it. */
export interface RealmSuspended {
  readonly type: 'realm-suspended';
}

export interface RealmResumed {
  readonly type: 'realm-resumed';
}

/** A realm ended, as the hook itself (unload) or the browser saw it. */
export interface RealmClosed {
  readonly type: 'realm-closed';
  readonly realm: RealmId;
  readonly reason: 'unloaded' | 'stopped' | 'crashed' | 'uninstalled';
}

/** A service worker's lifecycle state. @see https://w3c.github.io/ServiceWorker/#dfn-state */
export interface WorkerStateChanged {
  readonly type: 'worker-state-changed';
  readonly scope: string;
  readonly scriptUrl: string;
  readonly state: string;
}

/** Our own code failed inside the page. The page did not notice. */
export interface HookFaulted {
  readonly type: 'hook-faulted';
  readonly where: string;
  readonly error: ErrorDescription;
}
