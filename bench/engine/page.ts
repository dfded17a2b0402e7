/** The measured page: `measure`, which the benchmark calls. */
import {installInPage} from '../../inspector-core/engine/page.js';
import {whenSucceeded} from '../../inspector-core/engine/storage/database.js';
import type {BackgroundFetchManager} from '../../inspector-core/platform/background-fetch.js';
import {measureFlow, type Flow} from './flow.js';

interface Ended {
  readonly id: string;
  readonly result: string;
  readonly downloaded: number;
}

const isEngine = location.search === '?engine';
if (isEngine) installInPage({route: 'emulated'});

const ends = new BroadcastChannel('ends');
let serial = 0;

const findManager = async (): Promise<BackgroundFetchManager> =>
  Reflect.get(
    await navigator.serviceWorker.ready,
    'backgroundFetch',
  ) as BackgroundFetchManager;

async function command(message: unknown): Promise<unknown> {
  const {active} = await navigator.serviceWorker.ready;
  const {port1, port2} = new MessageChannel();
  const answer = new Promise((resolve) => {
    port1.addEventListener('message', ({data}) => {
      resolve(data);
      port1.close();
    });
  });
  port1.start();
  active?.postMessage(message, [port2]);
  return answer;
}

/** Milliseconds from `fetch()` to its event in the worker. */
async function time(
  size: number,
  start: (id: string) => Promise<unknown>,
): Promise<number> {
  serial += 1;
  const id = `${serial}`;
  const ended = new Promise<Ended>((resolve) => {
    const listen = ({data}: MessageEvent<Ended>): void => {
      if (data.id !== id) return;
      ends.removeEventListener('message', listen);
      resolve(data);
    };
    ends.addEventListener('message', listen);
  });
  const began = performance.now();
  await start(id);
  const {result, downloaded} = await ended;
  const took = performance.now() - began;
  if (result !== 'success' || downloaded !== size) {
    throw new Error(`${id} ended as "${result}" with ${downloaded} bytes.`);
  }
  return took;
}

const fileUrl = (size: number): string => {
  serial += 1;
  return `/file?size=${size}&serial=${serial}`;
};

/** Files that last longer than anything is measured. */
const endlessUrls = (count: number): readonly string[] =>
  Array.from({length: count}, () => fileUrl(1e12));

const measure = {
  async register(): Promise<void> {
    await navigator.serviceWorker.register(
      `/worker.js${isEngine ? '?engine' : ''}`,
    );
    await navigator.serviceWorker.ready;
  },

  setBodyRoute: (route: string) => command({type: 'body-route', route}),

  observe: (isObserved: boolean) => command({type: 'observe', isObserved}),

  /** One file, with this page watching. */
  async download(size: number): Promise<number> {
    const manager = await findManager();
    return time(size, (id) => manager.fetch(id, fileUrl(size)));
  },

  /** One file that the worker starts, with nobody watching. */
  downloadUnseen: (size: number): Promise<number> =>
    time(size, (id) => command({type: 'fetch', id, url: fileUrl(size)})),

  /** The same, with a page that listens; also how many events it had. */
  async downloadSeen(
    size: number,
  ): Promise<{readonly took: number; readonly events: number}> {
    const manager = await findManager();
    let events = 0;
    const took = await time(size, async (id) => {
      await command({type: 'fetch', id, url: fileUrl(size)});
      const registration = await manager.get(id);
      registration?.addEventListener('progress', () => {
        events += 1;
      });
    });
    return {took, events};
  },

  /** Many files in one fetch. */
  async records(count: number, size: number): Promise<number> {
    const manager = await findManager();
    const urls = Array.from({length: count}, () => fileUrl(size));
    return time(count * size, (id) => manager.fetch(id, urls));
  },

  /** The same by `fetch()`. */
  async plain(count: number, size: number): Promise<number> {
    const urls = Array.from({length: count}, () => fileUrl(size));
    const began = performance.now();
    await Promise.all(
      urls.map(async (url) => (await fetch(url)).arrayBuffer()),
    );
    return performance.now() - began;
  },

  /** One file by `fetch()`, read and dropped. */
  async read(size: number): Promise<number> {
    const began = performance.now();
    const {body} = await fetch(fileUrl(size));
    const reader = body?.getReader();
    while ((await reader?.read())?.done === false);
    return performance.now() - began;
  },

  /** How files come by `fetch()`, as the browser lets them. */
  flow: (count: number, ms: number): Promise<Flow> =>
    measureFlow(
      endlessUrls(count).map((url) => () => fetch(url)),
      ms,
    ),

  /** How they come in the worker, under conditions: to it, or by the engine. */
  shapedFlow: (
    type: 'flow' | 'engine-flow',
    count: number,
    ms: number,
    rate: number,
    latency: number,
  ): Promise<unknown> =>
    command({type, urls: endlessUrls(count), rate, latency, ms}),

  /** Whether the engine's network is behind conditions that change nothing. */
  setShaped: (isShaped: boolean) => command({type: 'shape', isShaped}),

  /** As many fetches, one after the other. */
  async oneByOne(count: number, size: number): Promise<number> {
    let sum = 0;
    for (let index = 0; index < count; index += 1) {
      sum += await measure.download(size);
    }
    return sum;
  },

  async pause(): Promise<{readonly url: string; readonly at: number}> {
    serial += 1;
    const url = `/file?size=1000000000&rate=100000&serial=${serial}`;
    return {url, at: Number(await command({type: 'pause', url}))};
  },

  /** What the engine has stored: rows in its database, and parts in its caches. */
  async stored(): Promise<number> {
    let count = 0;
    for (const {name = ''} of await indexedDB.databases()) {
      const database = await whenSucceeded(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const {length} = await whenSucceeded(
          database.transaction(store).objectStore(store).getAllKeys(),
        );
        count += length;
      }
      database.close();
    }
    const buckets = Reflect.get(navigator, 'storageBuckets') as {
      keys(): Promise<readonly string[]>;
      open(name: string): Promise<{readonly caches: CacheStorage}>;
    };
    for (const name of await buckets.keys()) {
      count += (await (await buckets.open(name)).caches.keys()).length;
    }
    return count;
  },
};

Reflect.set(globalThis, 'measure', measure);
