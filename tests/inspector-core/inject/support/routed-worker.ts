/**
 * A service worker whose first script is the injected one, as its page says; and
 * among others, if it says so.
 */
import {
  forbidStorage,
  replaceGlobals,
  replacePromise,
} from './other-scripts.js';

const query = new URLSearchParams(location.search);
const route = query.get('route') ?? undefined;
if (query.has('forbidStorage')) forbidStorage(globalThis);
if (query.has('replacePromise')) replacePromise(globalThis);
Reflect.set(globalThis, 'bgfInspector', {route});
const scope = globalThis as unknown as EventTarget & {
  importScripts(...urls: readonly string[]): void;
  skipWaiting(): Promise<void>;
  readonly BackgroundFetchEvent: new (...args: unknown[]) => Event;
  readonly BackgroundFetchRegistration: new () => unknown;
  readonly clients: {
    matchAll(options: object): Promise<readonly Client[]>;
  };
};
interface Client {
  postMessage(message: unknown, transfer: []): void;
}
type Ended = Event & {
  readonly registration: {
    readonly id: string;
    matchAll(): Promise<readonly {responseReady: Promise<Response>}[]>;
  };
  waitUntil(promise: Promise<unknown>): void;
};

scope.importScripts(
  '/classic/inspector-core/inject/conditions.js',
  '/classic/inspector-core/inject/worker.js',
);

const all = Promise.all.bind(Promise);
if (query.has('replaceGlobals')) replaceGlobals(globalThis);

const NAMES = [
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchabort',
  'backgroundfetchclick',
];

scope.addEventListener('install', (event) => {
  (event as Ended).waitUntil(scope.skipWaiting());
});

for (const name of NAMES) {
  scope.addEventListener(name, (event) => {
    (event as Ended).waitUntil(report(event as Ended));
  });
}

async function report(event: Ended): Promise<void> {
  const {registration} = event;
  const isOver = event.type !== 'backgroundfetchclick';
  const records = isOver ? await registration.matchAll() : [];
  const bodies = await all(
    records.map(async ({responseReady}) => {
      const response = await responseReady.catch(() => undefined);
      return response?.blob();
    }),
  );
  const clients = await scope.clients.matchAll({includeUncontrolled: true});
  for (const client of clients) {
    client.postMessage(
      {
        ended: registration.id,
        name: event.type,
        isEvent: event instanceof scope.BackgroundFetchEvent,
        isRegistration:
          registration instanceof scope.BackgroundFetchRegistration,
        canBeRemade:
          Reflect.get(
            new scope.BackgroundFetchEvent('made', {registration}),
            'registration',
          ) === registration,
        sizes: bodies.map((body) => body?.size ?? -1),
      },
      [],
    );
  }
}
