import type {
  ConditionsFile,
  Remembered,
} from '../../../inspector-core/conditions/conditions.js';
import {urlOf, type ServedFile} from './files.js';
import type {SitePage} from './killable.js';
import type {Site} from './site.js';

/** A fetch that is to be started. */
export interface Plan {
  readonly id: string;
  readonly files: readonly ServedFile[];
  /** Sent with each of its requests, as a POST. */
  readonly bodyLength?: number;
  readonly downloadTotal?: number;
}

// Code goes in as text: what a bundler makes of a function may need more than
// the function.
const READY =
  'const {active, backgroundFetch} = await navigator.serviceWorker.ready;';

const ONCE = `const once = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});`;

const run = (page: SitePage, body: string): Promise<unknown> =>
  page.evaluate(`(async () => {${body}})()`);

/** Resolves when the worker, under these conditions, is active. */
export async function registerWorker(
  page: SitePage,
  {witness}: Site,
  conditions?: ConditionsFile,
): Promise<void> {
  const query = new URLSearchParams({
    witness,
    ...(conditions && {conditions: JSON.stringify(conditions)}),
  });
  // In the script's text, an apostrophe would end its name.
  const script = `/worker.js?${query}`.replaceAll("'", '%27');
  await run(
    page,
    `await navigator.serviceWorker.register('${script}'); ${READY}`,
  );
}

/** Starts a fetch; what it was refused with, or undefined. */
export async function startFetch(
  page: SitePage,
  {id, files, bodyLength, downloadTotal = 0}: Plan,
): Promise<string | undefined> {
  const urls = JSON.stringify(files.map(urlOf));
  const init =
    bodyLength === undefined
      ? '{}'
      : `{method: 'POST', body: new Uint8Array(${bodyLength})}`;
  const refused = await run(
    page,
    `${READY}
    const requests = ${urls}.map((url) => new Request(url, ${init}));
    try {
      await backgroundFetch.fetch('${id}', requests, {downloadTotal: ${downloadTotal}});
    } catch (error) {
      return String(error);
    }`,
  );
  return typeof refused === 'string' ? refused : undefined;
}

/** How many bytes a fetch shows; undefined if it does not run (any more). */
export async function readDownloaded(
  page: SitePage,
  id: string,
): Promise<number | undefined> {
  const read = `${READY} return (await backgroundFetch.get('${id}'))?.downloaded;`;
  return (await run(page, read)) as number | undefined;
}

export async function abortFetch(page: SitePage, id: string): Promise<void> {
  await run(
    page,
    `${READY} await (await backgroundFetch.get('${id}'))?.abort();`,
  );
}

/** Starts the worker, if it does not run. */
export async function wakeWorker(page: SitePage): Promise<void> {
  await run(page, `${READY} active.postMessage('wake');`);
}

/** Makes so many of the worker's next writes fail, as long as it lives. */
export async function breakStorage(
  page: SitePage,
  {error, times}: {readonly error: string; readonly times: number},
): Promise<void> {
  const message = `{breaks: '${error}', times: ${times}}`;
  await run(page, `${READY} active.postMessage(${message});`);
}

/** What a worker's conditions have written down for the next; undefined: nothing. */
export async function readRemembered(
  page: SitePage,
): Promise<Remembered | undefined> {
  const found = await run(
    page,
    `${ONCE}
    const names = (await indexedDB.databases()).map(({name}) => name);
    if (!names.includes('background-fetch-conditions')) return;
    const database = await once(indexedDB.open('background-fetch-conditions'));
    const store = database.transaction('remembered').objectStore('remembered');
    const [remembered] = await once(store.getAll());
    database.close();
    return remembered;`,
  );
  return found as Remembered | undefined;
}

/** Whatever this origin has stored, in rows, files and caches. */
export async function readLeftovers(
  page: SitePage,
): Promise<readonly string[]> {
  const found = await run(
    page,
    `${ONCE}
    const found = [];
    for (const {name} of await indexedDB.databases()) {
      const database = await once(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const count = await once(
          database.transaction(store).objectStore(store).count());
        if (count > 0) found.push(count + ' rows in ' + name + '/' + store);
      }
      database.close();
    }
    const buckets = [{caches}];
    for (const name of await navigator.storageBuckets?.keys() ?? []) {
      buckets.push(await navigator.storageBuckets.open(name));
    }
    for (const {caches} of buckets) {
      // Not opened: what is deleted meanwhile would be made again.
      for (const name of await caches.keys()) found.push('cache ' + name);
    }
    const folder = await navigator.storage?.getDirectory();
    for await (const name of folder?.keys() ?? []) found.push('file ' + name);
    return found;`,
  );
  return found as readonly string[];
}
