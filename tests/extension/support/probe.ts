import type {Page, WebWorker} from 'puppeteer-core';
import type {BackgroundFetchManager} from '../../../inspector-core/platform/background-fetch.js';

interface Registration {
  readonly backgroundFetch: BackgroundFetchManager;
}

/**
 * Makes known calls from the page: `get('name-1')`, `get('name-2')`, … Each must
 * be in the log, once. Resolves when the browser has answered all of them.
 */
export async function probe(
  page: Page,
  name: string,
  count: number,
): Promise<readonly string[]> {
  const ids = Array.from({length: count}, (_, index) => `${name}-${index + 1}`);
  await page.evaluate(async (all) => {
    const registration: unknown = await navigator.serviceWorker.ready;
    const {backgroundFetch} = registration as Registration;
    await Promise.all(all.map((id) => backgroundFetch.get(id)));
  }, ids);
  return ids;
}

/** The same from the service worker's own realm. */
export async function probeWorker(
  worker: WebWorker,
  name: string,
  count: number,
): Promise<readonly string[]> {
  const ids = Array.from({length: count}, (_, index) => `${name}-${index + 1}`);
  await worker.evaluate(async (all) => {
    const {registration} = globalThis as unknown as {
      readonly registration: Registration;
    };
    await Promise.all(all.map((id) => registration.backgroundFetch.get(id)));
  }, ids);
  return ids;
}
