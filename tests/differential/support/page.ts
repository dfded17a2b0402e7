/** The page of both sides, `/classic/tests/differential/support/page.js`. */
import type {BackgroundFetchServiceWorkerRegistration} from '../../../inspector-core/platform/background-fetch.js';
import type {ServedRequest} from '../../../scripts/wtr/scripted-step.js';
import {SCRIPTS} from '../scripts/scripts.js';
import {outcome, until} from './describe.js';
import type {Fact, Lab, ServedFile} from './script.js';
import type {WorkerCall, WorkerReport} from './worker.js';

declare global {
  // oxlint-disable-next-line no-var -- only `var` declares a global's member
  var runScript: ((name: string, scope: string) => Promise<string>) | undefined;
}

let serial = 0;

/** Runs a script in this page; its facts are JSON, without what is by chance. */
globalThis.runScript = async (name, scope) => {
  const script = SCRIPTS.find((each) => each.name === name);
  if (script === undefined) throw new Error(`There is no script ${name}.`);
  const registration = await navigator.serviceWorker.getRegistration(scope);
  if (registration === undefined) throw new Error(`${scope} has no worker.`);
  const ended = new AbortController();
  const keys: string[] = [];
  const lab = makeLab(name, registration, keys, ended.signal);
  const facts = await outcome(script.run(lab), (fact) => fact);
  ended.abort();
  const {manager} = lab;
  for (const id of await manager.getIds()) {
    await (await manager.get(id))?.abort();
  }
  let text = JSON.stringify(facts);
  for (const [index, key] of keys.entries()) {
    text = text.replaceAll(key, `file-${index}`);
  }
  return text.replaceAll(scope, '/scope/');
};

function makeLab(
  name: string,
  registration: ServiceWorkerRegistration,
  keys: string[],
  signal: AbortSignal,
): Lab {
  const reports = new Map<string, Fact>();
  const order: string[] = [];
  let wake = (): void => {};
  navigator.serviceWorker.addEventListener(
    'message',
    ({data}: MessageEvent<WorkerReport>) => {
      const isOurs = data.id === name || data.id.startsWith(`${name}/`);
      if (!isOurs || data.scope !== registration.scope) return;
      order.push(data.type);
      reports.set(data.id, data.facts);
      wake();
    },
    {signal},
  );
  navigator.serviceWorker.startMessages();
  return {
    manager: (registration as BackgroundFetchServiceWorkerRegistration)
      .backgroundFetch,
    registration,
    id: name,
    order,
    file(size, ...steps): ServedFile {
      serial += 1;
      // Rising, so that records that are sorted by URL are so on both sides.
      const key = `${performance.timeOrigin}-${1_000_000 + serial}`;
      keys.push(key);
      const query = new URLSearchParams({
        key,
        size: `${size}`,
        steps: JSON.stringify(steps),
      });
      const {href} = new URL(`/scripted?${query}`, location.origin);
      const log = async (): Promise<readonly ServedRequest[]> => {
        const response = await fetch(`/scripted-log?key=${key}`);
        return (await response.json()) as ServedRequest[];
      };
      return {
        url: href,
        log,
        async cut() {
          await fetch(`/scripted-cut?key=${key}`);
        },
        async release() {
          await until(async () => (await log()).length > 0);
          await fetch(`/scripted-release?key=${key}`);
        },
      };
    },
    async ended(id = name) {
      for (;;) {
        const facts = reports.get(id);
        if (facts !== undefined) return facts;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    askWorker() {
      const {port1, port2} = new MessageChannel();
      const call: WorkerCall = {script: name, id: `${name}/worker`};
      return new Promise<Fact>((resolve) => {
        port1.addEventListener('message', ({data}: MessageEvent<Fact>) => {
          port1.close();
          resolve(data);
        });
        port1.start();
        registration.active?.postMessage(call, [port2]);
      });
    },
  };
}
