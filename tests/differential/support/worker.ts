/**
 * The service worker of both sides, `/classic/tests/differential/support/worker.js`:
 * with `?emulated` in its URL it loads the engine first, as an app would.
 */
import {
  BACKGROUND_FETCH_EVENTS,
  type BackgroundFetchUpdateUIEvent,
  type ExtendableEvent,
} from '../../../inspector-core/platform/background-fetch.js';
import {SCRIPTS} from '../scripts/scripts.js';
import {describeRecords, describeRegistration, outcome} from './describe.js';
import type {Fact, Script, WorkerLab} from './script.js';

declare function importScripts(...urls: readonly string[]): void;

interface Scope extends EventTarget, WorkerLab {
  readonly clients: {
    matchAll(
      options: object,
    ): Promise<readonly Pick<MessagePort, 'postMessage'>[]>;
  };
  skipWaiting(): Promise<void>;
}

/** What the page asks. */
export interface WorkerCall {
  readonly script: string;
  readonly id: string;
}

/** What the worker tells. */
export interface WorkerReport {
  /** Of the worker: all pages of the origin hear it. */
  readonly scope: string;
  readonly id: string;
  readonly type: string;
  readonly facts: Fact;
}

const scope = globalThis as unknown as Scope;

if (location.search.includes('emulated')) {
  Reflect.set(globalThis, 'bgfInspector', {
    route: 'emulated',
    profile: 'chromium',
    record: false,
  });
  importScripts('/classic/inspector-core/inject/worker.js');
}

/** An id begins with the name of its script. */
const scriptOf = (id: string): Script | undefined =>
  SCRIPTS.find(({name}) => id === name || id.startsWith(`${name}/`));

for (const name of BACKGROUND_FETCH_EVENTS) {
  scope.addEventListener(name, (event) => {
    const ended = event as BackgroundFetchUpdateUIEvent;
    ended.waitUntil(report(ended));
  });
}

async function report(event: BackgroundFetchUpdateUIEvent): Promise<void> {
  const {registration, type} = event;
  const atFirst = describeRegistration(registration);
  const own = scriptOf(registration.id)?.onEvent?.(event, scope);
  const manager = scope.registration.backgroundFetch;
  const facts: Fact = {
    type,
    interface: Object.prototype.toString.call(event),
    bubbles: event.bubbles,
    cancelable: event.cancelable,
    registration: atFirst,
    isStillKnown: (await manager.get(registration.id)) !== undefined,
    records: await outcome(registration.matchAll(), describeRecords),
    own: await own,
  };
  const message: WorkerReport = {
    scope: scope.registration.scope,
    id: registration.id,
    type,
    facts,
  };
  const pages = await scope.clients.matchAll({includeUncontrolled: true});
  for (const page of pages) page.postMessage(message, []);
}

scope.addEventListener('install', () => void scope.skipWaiting());

scope.addEventListener('message', (event) => {
  const {data, ports} = event as MessageEvent<WorkerCall>;
  const {script, id} = data;
  const done =
    scriptOf(script)?.inWorker?.(scope, id) ?? Promise.resolve('nothing');
  const answer = async (): Promise<void> => {
    ports[0]?.postMessage(await outcome(done, (fact) => fact));
  };
  (event as unknown as ExtendableEvent).waitUntil(answer());
});
