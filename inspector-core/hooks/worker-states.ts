import {describeName, describeUrl} from './describe.js';
import type {HookContext} from './hook-context.js';
import {
  createTable,
  isObject,
  prototypeOf,
  readerOf,
} from '../platform/primordials.js';
import type {ServiceWorkerScope} from './worker-scope.js';

/** Observed: the lifecycle state of service workers. */
export interface WorkerStates {
  /** Follows all workers of a registration, those to come too. */
  followRegistration(registration: ServiceWorkerRegistration): void;
  /** Follows one worker; `hint` is its state where it does not say. */
  follow(worker: ServiceWorker, scope: string, hint?: string): void;
}

export function followWorkerStates({
  scope,
  api,
  append,
  on,
}: HookContext): WorkerStates {
  const workers = prototypeOf(scope, 'ServiceWorker') ?? {};
  const readState = readerOf<string>(workers, 'state');
  const readScript = readerOf<string>(workers, 'scriptURL');
  const part = (name: 'installing' | 'waiting' | 'active') =>
    readerOf<ServiceWorker | null>(api.workerRegistrations, name);
  const readInstalling = part('installing');
  const readWaiting = part('waiting');
  const readActive = part('active');
  const told = createTable<object, string>();

  const follow: WorkerStates['follow'] = (worker, workerScope, hint) => {
    const tell = (state: string): void => {
      if (told.get(worker) === state) return;
      told.set(worker, state);
      append({
        type: 'worker-state-changed',
        scope: workerScope,
        scriptUrl: describeUrl(readScript(worker)),
        state: describeName(state),
      });
    };
    const isKnown = told.get(worker) !== undefined;
    tell(hint ?? readState(worker));
    if (!isKnown) on(worker, 'statechange', () => tell(readState(worker)));
  };

  return {
    follow,
    followRegistration(registration) {
      const workerScope = describeUrl(api.scopeOf(registration));
      const look = (): void => {
        const installing = readInstalling(registration);
        const waiting = readWaiting(registration);
        const active = readActive(registration);
        if (isObject(installing)) follow(installing, workerScope);
        if (isObject(waiting)) follow(waiting, workerScope);
        if (isObject(active)) follow(active, workerScope);
      };
      look();
      on(registration, 'updatefound', look);
    },
  };
}

/**
 * Follows the worker that the hook runs in. In its own realm a browser may tell
 * neither its object nor its changes of state; install and activate it does.
 */
export function followOwnState(
  {scope, onGlobal}: HookContext,
  self: ServiceWorkerScope,
  states: WorkerStates,
): void {
  const workerScope = describeUrl(self.registration.scope);
  const note = (hint?: string): void => {
    const worker =
      self.serviceWorker ??
      self.registration.installing ??
      self.registration.active;
    if (worker) states.follow(worker, workerScope, hint);
  };
  note();
  // Chromium warns in the console of each listener that a running worker gets,
  // and these two events do not come again.
  if (self.serviceWorker?.state === 'activated') return;
  onGlobal(scope, 'install', () => note('installing'));
  onGlobal(scope, 'activate', () => note('activating'));
}
