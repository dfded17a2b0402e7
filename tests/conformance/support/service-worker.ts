import type {BackgroundFetchManager} from '../../../inspector-core/platform/background-fetch.js';
import {runBehind, WORKER_SCRIPT, type Realm} from './realms.js';
import {reportEvent, type EventReport} from './report-event.js';
import type {Post} from './worker-script.js';

/** A worker that is active, and the page's side of its registration. */
export interface ServiceWorkerRealm extends Realm {
  readonly registration: ServiceWorkerRegistration;
  readonly manager: BackgroundFetchManager;
  /** The worker's report of the first event for this id. */
  event(id: string): Promise<EventReport>;
  /** The first message from the worker that is of this kind. */
  posted<M>(is: (message: M) => boolean): Promise<M>;
}

/** What a worker does with an event; becomes text. */
type Handler = (event: never, post: Post) => unknown;

let scopes = 0;
const session = Math.random().toString(36).slice(2);

/** A folder of its own, of which no worker knows yet. */
export function newScope(): string {
  scopes += 1;
  return `/conformance/${session}/${scopes}/`;
}

/** Registers a worker, and does not wait for it. */
export function registerWorker(
  scope: string,
  handler: Handler = reportEvent,
): Promise<ServiceWorkerRegistration> {
  const query = new URLSearchParams({handler: String(handler)});
  return navigator.serviceWorker.register(`${WORKER_SCRIPT}&${query}`, {scope});
}

/** The API of a registration, in this page. */
export const managerOf = (
  registration: ServiceWorkerRegistration,
): BackgroundFetchManager =>
  Reflect.get(registration, 'backgroundFetch') as BackgroundFetchManager;

/** Registers a worker of its own scope, and waits until it is activated. */
export async function startServiceWorker(
  handler?: Handler,
): Promise<ServiceWorkerRealm> {
  const messages: unknown[] = [];
  const heard = new EventTarget();
  navigator.serviceWorker.addEventListener('message', ({data}) => {
    messages.push((data as {readonly posted: unknown}).posted);
    heard.dispatchEvent(new Event('message'));
  });
  navigator.serviceWorker.startMessages();
  const registration = await registerWorker(newScope(), handler);
  const worker = registration.installing ?? registration.active;
  if (worker === null) throw new Error('There is no worker.');
  await whenActivated(worker);
  const posted: ServiceWorkerRealm['posted'] = async (is) => {
    for (;;) {
      const found = messages.find((message) => is(message as never));
      if (found !== undefined) return found as never;
      await new Promise((resolve) => {
        heard.addEventListener('message', resolve, {once: true});
      });
    }
  };
  return {
    registration,
    manager: managerOf(registration),
    run: runBehind(() => worker),
    posted,
    event: (wanted) => posted<EventReport>(({id}) => id === wanted),
    close: () => registration.unregister(),
  };
}

export async function whenActivated(worker: ServiceWorker): Promise<void> {
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (worker.state === 'activated') resolve();
    };
    worker.addEventListener('statechange', check);
    check();
  });
}
