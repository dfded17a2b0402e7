/** The service worker of the measured page: the engine, or the browser's own. */
import {createConditions} from '../../inspector-core/conditions/conditions.js';
import {makePool} from '../../inspector-core/engine/driver/seams.js';
import type {Engine} from '../../inspector-core/engine/engine.js';
import {ActiveFetches} from '../../inspector-core/engine/registration/active-fetches.js';
import {createSystemClock} from '../../inspector-core/seams/system-clock.js';
import {createSystemNetwork} from '../../inspector-core/seams/system-network.js';
import {createIdbStorage} from '../../inspector-core/engine/storage/idb-storage.js';
import {describeRequest} from '../../inspector-core/engine/driver/make-request.js';
import {
  installInWorker,
  type BodyRoute,
  type WorkerScope,
} from '../../inspector-core/engine/worker.js';
import type {
  BackgroundFetchManager,
  BackgroundFetchUpdateUIEvent,
  ExtendableEvent,
} from '../../inspector-core/platform/background-fetch.js';
import {describeAttempts} from '../../inspector-core/inject/describe-attempts.js';
import {RealmLog} from '../../inspector-core/log/log.js';
import {measureFlow, type Flow} from './flow.js';

type Scope = WorkerScope & {
  skipWaiting(): Promise<void>;
  readonly clients: {claim(): Promise<void>};
  readonly registration: {readonly backgroundFetch: BackgroundFetchManager};
};

/** What the page asks of it. */
type Command =
  | {readonly type: 'body-route'; readonly route: BodyRoute}
  | {readonly type: 'fetch'; readonly id: string; readonly url: string}
  | {readonly type: 'pause'; readonly url: string}
  | {readonly type: 'shape'; readonly isShaped: boolean}
  | {readonly type: 'observe'; readonly isObserved: boolean}
  | FlowCommand;

/** How fast files are to come, and for how long; each has a URL of its own. */
interface FlowCommand {
  readonly type: 'flow' | 'engine-flow';
  readonly urls: readonly string[];
  /** Bytes per second. */
  readonly rate: number;
  readonly latency: number;
  readonly ms: number;
}

declare const self: Scope;
let bodyRoute: BodyRoute = 'auto';
let isShaped = false;

const clock = createSystemClock();
const plain = createSystemNetwork();
const conditions = createConditions({clock});
const shaped = conditions.shapeNetwork(plain);

const log = new RealmLog({now: () => clock.now()});
const observer = describeAttempts((fact) => log.append(fact));
let engine: Engine | undefined;

if (new URL(location.href).searchParams.has('engine')) {
  engine = installInWorker({
    scope: self,
    route: 'emulated',
    bodyRoute: () => bodyRoute,
    network: {
      ...plain,
      fetch: (request, context) =>
        (isShaped ? shaped : plain).fetch(request, context),
    },
  });
}

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => {
  (event as ExtendableEvent).waitUntil(self.clients.claim());
});

const ends = new BroadcastChannel('ends');
for (const name of ['success', 'fail', 'abort']) {
  self.addEventListener(`backgroundfetch${name}`, (event) => {
    const {id, result, downloaded} = (event as BackgroundFetchUpdateUIEvent)
      .registration;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has none
    ends.postMessage({id, result, downloaded});
  });
}

self.addEventListener('message', (event) => {
  const {data, ports} = event as MessageEvent<Command>;
  (event as ExtendableEvent).waitUntil(
    run(data).then((value) => ports[0]?.postMessage(value)),
  );
});

async function run(command: Command): Promise<unknown> {
  switch (command.type) {
    case 'body-route':
      bodyRoute = command.route;
      return undefined;
    case 'fetch':
      await self.registration.backgroundFetch.fetch(command.id, command.url);
      return undefined;
    case 'pause':
      return pause(command.url);
    case 'shape':
      ({isShaped} = command);
      return undefined;
    case 'observe':
      engine?.observe(command.isObserved ? observer : undefined);
      return undefined;
    case 'flow':
      return measureShaped(command);
    case 'engine-flow':
      return measureEngine(command);
  }
}

/** How files come under conditions of such a rate and latency. */
function measureShaped({urls, rate, latency, ms}: FlowCommand): Promise<Flow> {
  const profile = {name: 'Measured', download: rate, latency};
  const network = createConditions({clock, profile}).shapeNetwork(plain);
  return measureFlow(
    urls.map((url) => () => network.fetch(new Request(url))),
    ms,
  );
}

/** How an app reads them while the engine downloads them under the same. */
async function measureEngine(command: FlowCommand): Promise<Flow> {
  const {urls, rate, latency, ms} = command;
  bodyRoute = 'chunks';
  isShaped = true;
  conditions.setProfile({name: 'Measured', download: rate, latency});
  const fetch = await self.registration.backgroundFetch.fetch('flow', urls);
  const open = async (url: string): Promise<Response> => {
    const record = await fetch.match(url);
    if (record === undefined) throw new Error('The record is not there.');
    return record.responseReady;
  };
  const flow = await measureFlow(
    urls.map((url) => () => open(url)),
    ms,
  );
  await fetch.abort();
  conditions.setProfile('No throttling');
  isShaped = false;
  return flow;
}

/** When a fetch was paused, in epoch time: after 8 MB have come. */
async function pause(url: string): Promise<number> {
  const storage = createIdbStorage({name: 'paused'});
  const fetches = new ActiveFetches(
    {
      scope: self.registration.scope,
      permission: async () => 'granted',
      hasActiveWorker: () => true,
      availableSpace: async () => undefined,
      dispatch: async () => {},
    },
    {
      clock,
      network: plain,
      storage,
      pool: makePool(),
    },
  );
  const request = describeRequest(new Request(url));
  const job = await fetches.start('paused', [{request, body: undefined}]);
  while (job.snapshot.downloaded < 8e6) await job.whenChanged();
  const at = performance.timeOrigin + performance.now();
  await job.pause();
  await fetches.drop();
  await storage.close();
  return at;
}
