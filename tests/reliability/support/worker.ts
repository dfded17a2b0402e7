/** A service worker with the engine, which tells the site what it has. */
import {
  Conditions,
  parseConditionsFile,
} from '../../../inspector-core/conditions/conditions.js';
import {createConditionsMemory} from '../../../inspector-core/inject/conditions-memory.js';
import {createSystemClock} from '../../../inspector-core/seams/system-clock.js';
import {createIdbStorage} from '../../../inspector-core/engine/storage/idb-storage.js';
import type {FetchStorage} from '../../../inspector-core/engine/storage/fetch-storage.js';
import {
  installInWorker,
  type WorkerScope,
} from '../../../inspector-core/engine/worker.js';
import type {
  BackgroundFetchManager,
  BackgroundFetchUpdateUIEvent,
} from '../../../inspector-core/platform/background-fetch.js';
import type {EndedRecord, Told} from './told.js';

type Scope = WorkerScope & {
  readonly location: {readonly search: string};
  skipWaiting(): Promise<void>;
  readonly registration: {readonly backgroundFetch: BackgroundFetchManager};
};

const scope = globalThis as unknown as Scope;
const life = `${Date.now()}-${Math.random()}`;
const {fetch} = globalThis;
const query = new URLSearchParams(scope.location.search);
/** Another origin: the downloads may take all connections to this one. */
const witness = query.get('witness') ?? '';

/** Resolves when it has been heard. In a worker that dies, fetches fail first. */
async function tell(told: Told): Promise<void> {
  const body = JSON.stringify(told);
  for (;;) {
    try {
      await fetch(witness, {
        method: 'POST',
        mode: 'no-cors',
        body,
        keepalive: true,
      });
      return;
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
    }
  }
}

/** The engine's own, of which each acknowledgement is passed on. */
function withWitness(storage: FetchStorage): FetchStorage {
  const ids = new Map<number, string>();
  return {
    ...storage,
    async begin(created, requests) {
      const key = await storage.begin(created, requests);
      ids.set(key, created.id);
      return key;
    },
    async load(wanted) {
      const fetches = await storage.load(wanted);
      for (const {key, id} of fetches) ids.set(key, id);
      return fetches;
    },
    async commit(key, commit, bytes) {
      await storage.commit(key, commit, bytes);
      const {record, generation, to: length} = commit;
      const id = ids.get(key) ?? '';
      void tell({type: 'stored', life, id, record, generation, length});
    },
  };
}

const clock = createSystemClock();
const file = query.get('conditions');
installInWorker({
  scope,
  clock,
  storage: withWitness(createIdbStorage()),
  ...(file !== null && {
    conditions: new Conditions(
      clock,
      parseConditionsFile(JSON.parse(file)),
      createConditionsMemory(scope.registration.scope),
    ),
  }),
});

const {backgroundFetch} = scope.registration;

async function tellStarted(): Promise<void> {
  const ids = await backgroundFetch.getIds();
  const fetches = await Promise.all(
    ids.map(async (id) => {
      const registration = await backgroundFetch.get(id);
      return registration && {id, downloaded: registration.downloaded};
    }),
  );
  await tell({
    type: 'started',
    life,
    fetches: fetches.filter((found) => found !== undefined),
  });
}
void tellStarted();

async function tellEnded({
  type,
  registration,
}: BackgroundFetchUpdateUIEvent): Promise<void> {
  const {id, failureReason} = registration;
  await tell({type: 'event-began', id});
  const records = await registration.matchAll();
  const ended = await Promise.all(
    records.map(async ({request, responseReady}): Promise<EndedRecord> => {
      const {url} = request;
      const response = await responseReady.catch(() => undefined);
      if (response === undefined) return {url, status: 0, length: 0, hash: ''};
      const bytes = await response.arrayBuffer();
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      return {
        url,
        status: response.status,
        length: bytes.byteLength,
        hash: [...hash]
          .map((byte) => byte.toString(16).padStart(2, '0'))
          .join(''),
      };
    }),
  );
  await tell({type: 'ended', id, event: type, failureReason, records: ended});
}

for (const name of ['success', 'fail', 'abort']) {
  scope.addEventListener(`backgroundfetch${name}`, (event) => {
    const ended = event as unknown as BackgroundFetchUpdateUIEvent;
    ended.waitUntil(tellEnded(ended));
  });
}

scope.addEventListener('install', () => {
  void scope.skipWaiting();
});
/** Writes that are to fail yet, and how. */
let broken = {breaks: '', times: 0};

scope.addEventListener('message', (event) => {
  const {data} = event as MessageEvent<typeof broken | 'wake'>;
  if (data !== 'wake') broken = data;
});

for (const prototype of [IDBObjectStore.prototype, Cache.prototype]) {
  for (const name of ['put', 'add', 'delete']) {
    const original: unknown = Reflect.get(prototype, name);
    if (typeof original !== 'function') continue;
    Reflect.set(prototype, name, function (this: object, ...args: unknown[]) {
      if (broken.times > 0) {
        broken.times -= 1;
        throw new DOMException('Broken.', broken.breaks);
      }
      return Reflect.apply(original, this, args) as unknown;
    });
  }
}
