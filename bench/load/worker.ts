/**
 * A service worker's hook that can also make entries by itself: the parts of
 * `inspector-core/inject` with a generator behind the log. Only for the bench,
 * which puts it into a copy of the extension, in the place of `worker.js`.
 */
import {createAgent} from '../../inspector-core/bridge/agent/agent.js';
import {createRealmEnd} from '../../inspector-core/bridge/endpoints/debugger-realm.js';
import {
  describeRealm,
  installHooks,
  now,
} from '../../inspector-core/hooks/hooks.js';
import {takeBinding} from '../../inspector-core/inject/presence.js';
import {RealmLog} from '../../inspector-core/log/log.js';
import type {
  RegistrationProgressed,
  RegistrationRef,
} from '../../inspector-core/protocol/protocol.js';

/** Entries that may wait for the reader; below what the log keeps. */
const AHEAD = 20_000;
const PER_TASK = 500;
/** Fetches that the entries are about. */
const FETCHES = 10;

const log = new RealmLog({now});
const source = describeRealm(globalThis);
const agent = createAgent({
  log,
  source,
  execute: () => ({ok: false, message: 'The bench needs it.'}),
}).connect();

let read = 0;
let goOn: (() => void) | undefined;

const end = createRealmEnd({
  ...agent,
  read: (after: number, budget: number) => {
    read = after;
    goOn?.();
    goOn = undefined;
    return agent.read(after, budget);
  },
});
installHooks({
  scope: globalThis,
  log,
  source,
  timing: 'before-scripts',
  installation: {receive: end.receive, attach: end.attach},
});
const binding = takeBinding();
if (binding !== undefined) end.attach(binding);

const registrations = Array.from({length: FETCHES}, (_, index) => ({
  id: `episode-${index}`,
  scope: source.url,
  instance: index + 1,
}));

const progress = (
  registration: RegistrationRef,
  downloaded: number,
): RegistrationProgressed => ({
  type: 'registration-progressed',
  registration,
  snapshot: {
    uploadTotal: 0,
    uploaded: 0,
    downloadTotal: 1_000_000_000,
    downloaded,
    result: '',
    failureReason: '',
    recordsAvailable: true,
  },
});

/** A turn of the event loop, in which requests of the reader come in. */
function nextTask(): Promise<void> {
  const {port1, port2} = new MessageChannel();
  return new Promise((resolve) => {
    port2.addEventListener('message', () => {
      port1.close();
      resolve();
    });
    port2.start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window
    port1.postMessage(undefined);
  });
}

async function generate(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const registration = registrations[index % FETCHES];
    if (registration !== undefined) log.append(progress(registration, index));
    if (index % PER_TASK === 0) {
      await nextTask();
      while (log.next - read > AHEAD) {
        await new Promise<void>((resolve) => (goOn = resolve));
      }
    }
  }
}

addEventListener('message', ({data}: MessageEvent<unknown>) => {
  if (typeof data === 'object' && data !== null && 'generate' in data) {
    void generate(Number(data.generate));
  }
});
