import {installInPage} from '../../../../inspector-core/engine/page.js';
import type {
  BackgroundFetchManager,
  BackgroundFetchServiceWorkerRegistration,
} from '../../../../inspector-core/platform/background-fetch.js';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';
import {startEngineWorker, type EngineWorker} from './engine-commands.js';
import {crossOrigin, scripted, until} from './scripted.js';

let worker: EngineWorker | undefined;
let serial = 0;

/** Starts the worker that all fetches of a file of tests go to. */
export async function startRequests(): Promise<void> {
  installInPage({route: 'emulated'});
  worker = await startEngineWorker();
}

/** Takes that worker away. */
export async function endRequests(): Promise<void> {
  await worker?.registration.unregister();
}

/** The page's manager, of that worker. */
export function findManager(): BackgroundFetchManager {
  if (worker === undefined) throw new Error('There is no worker.');
  const {registration} = worker;
  return (registration as BackgroundFetchServiceWorkerRegistration)
    .backgroundFetch;
}

/** What becomes of a fetch of one request, as the page sees it. */
export const run = async (
  request: RequestInfo,
): Promise<{
  readonly outcome: string;
  readonly response: Response | undefined;
  readonly text: string | undefined;
}> => {
  serial += 1;
  const registration = await findManager().fetch(`${serial}`, request);
  // While it runs: afterwards its records are not available.
  const [record] = await registration.matchAll(undefined, {ignoreMethod: true});
  const response = await record?.responseReady.catch(() => undefined);
  const text = await response?.text();
  await until(() => registration.result !== '');
  const {result, failureReason} = registration;
  return {outcome: failureReason || result, response, text};
};

/** Its result, or why it failed. */
export const outcomeOf = async (request: RequestInfo): Promise<string> =>
  (await run(request)).outcome;

/** A file of another origin, which these headers, and steps, let be read. */
export const foreign = (
  size: number,
  headers: Record<string, string> = {},
  ...before: readonly Step[]
) => {
  const file = scripted(size, ...before, {headers});
  return {...file, url: crossOrigin(file.url)};
};
