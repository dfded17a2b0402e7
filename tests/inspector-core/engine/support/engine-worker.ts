/** A service worker with the engine in it, which does what a test tells it. */
import {
  installInWorker,
  type WorkerScope,
} from '../../../../inspector-core/engine/worker.js';
import {
  BACKGROUND_FETCH_EVENTS,
  type BackgroundFetchManager,
  type BackgroundFetchUpdateUIEvent,
} from '../../../../inspector-core/platform/background-fetch.js';
import type {EngineCommand, EngineReport} from './engine-commands.js';

type Scope = WorkerScope & {
  onbackgroundfetchsuccess: ((event: Event) => unknown) | null;
  skipWaiting(): Promise<void>;
  readonly clients: {
    matchAll(options: {
      readonly includeUncontrolled: boolean;
    }): Promise<readonly {postMessage(message: unknown, transfer: []): void}[]>;
  };
  readonly registration: {readonly backgroundFetch: BackgroundFetchManager};
};

const scope = globalThis as unknown as Scope;
installInWorker({scope, route: 'emulated'});

const reports: EngineReport[] = [];
let handled = 0;
Reflect.set(scope, 'onbackgroundfetchsuccess', () => {
  handled += 1;
});

const {backgroundFetch} = scope.registration;

for (const name of BACKGROUND_FETCH_EVENTS) {
  scope.addEventListener(name, (event) => {
    const ended = event as unknown as BackgroundFetchUpdateUIEvent;
    ended.waitUntil(tellPages(ended.registration.id));
    ended.waitUntil(report(ended));
  });
}

async function tellPages(id: string): Promise<void> {
  const pages = await scope.clients.matchAll({includeUncontrolled: true});
  for (const page of pages) page.postMessage({ended: id}, []);
}

async function report(event: BackgroundFetchUpdateUIEvent): Promise<void> {
  const {registration} = event;
  const records = await registration.matchAll();
  const lengths = await Promise.all(
    records.map(async ({responseReady}) => {
      const response = await responseReady.catch(() => undefined);
      return (await response?.arrayBuffer())?.byteLength ?? -1;
    }),
  );
  reports.push({
    name: event.type,
    id: registration.id,
    result: registration.result,
    failureReason: registration.failureReason,
    isActive: (await backgroundFetch.get(registration.id)) !== undefined,
    isSame: registration === started.get(registration.id),
    isExtendable: event instanceof scope.ExtendableEvent,
    tag: Object.prototype.toString.call(event),
    lengths,
    handled,
  });
}

const started = new Map<string, unknown>();

async function run(command: EngineCommand): Promise<unknown> {
  switch (command.type) {
    case 'fetch': {
      const {id, urls} = command;
      const registration = await backgroundFetch.fetch(id, urls);
      started.set(id, registration);
      return registration === (await backgroundFetch.get(id));
    }
    case 'abort':
      return (await backgroundFetch.get(command.id))?.abort();
    case 'get-ids':
      return backgroundFetch.getIds();
    case 'downloaded':
      return (await backgroundFetch.get(command.id))?.downloaded ?? -1;
    case 'reports':
      return reports;
    case 'unregister':
      return scope.registration.unregister();
    case 'surface':
      return {
        isOneManager: backgroundFetch === scope.registration.backgroundFetch,
        globals: [
          'BackgroundFetchEvent',
          'BackgroundFetchManager',
          'BackgroundFetchRecord',
          'BackgroundFetchRegistration',
          'BackgroundFetchUpdateUIEvent',
        ].filter((name) => {
          const descriptor = Object.getOwnPropertyDescriptor(scope, name);
          return (
            descriptor?.writable === true &&
            !descriptor.enumerable &&
            descriptor.configurable === true
          );
        }),
        handlers: BACKGROUND_FETCH_EVENTS.filter(
          (name) => `on${name}` in scope,
        ),
      };
  }
}

scope.addEventListener('install', (event) => {
  (event as unknown as BackgroundFetchUpdateUIEvent).waitUntil(
    scope.skipWaiting(),
  );
});

scope.addEventListener('message', (event) => {
  const {data, ports} = event as MessageEvent<EngineCommand>;
  void run(data).then(
    (value) => {
      ports[0]?.postMessage({value});
    },
    (error: unknown) => {
      ports[0]?.postMessage({error: String(error)});
    },
  );
});
