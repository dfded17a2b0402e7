/** `dist/lib/`: what an app imports as `background-fetch-inspector/page`. */
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import {after, before, test, type TestContext} from 'node:test';
import {fileURLToPath} from 'node:url';
import puppeteer, {type Page} from 'puppeteer-core';
import type * as Exports from '../../inspector-core/conditions/conditions.js';
import {chromiumArgs, findChromium} from '../../scripts/browser.js';
import {listenOnLoopback, type Loopback} from '../../scripts/loopback.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Manifest {
  readonly exports: Readonly<
    Record<string, {readonly types: string; readonly default: string}>
  >;
}

/** An app's own worker, whose first import is the library's. */
const WORKER = `
  import '/dist/lib/worker.js';
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('backgroundfetchsuccess', (event) =>
    event.waitUntil(
      event.registration
        .match('/file')
        .then(({responseReady}) => responseReady)
        .then((response) => response.arrayBuffer())
        .then(async ({byteLength}) => {
          for (const client of await clients.matchAll()) {
            client.postMessage(byteLength);
          }
        }),
    ),
  );
`;

/** Serves the built modules, and an empty page for everything else. */
const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (path === '/worker.js') {
    response.setHeader('content-type', 'text/javascript').end(WORKER);
    return;
  }
  if (path === '/file') {
    response.end('x'.repeat(12_345));
    return;
  }
  if (!path.startsWith('/dist/lib/')) {
    response.setHeader('content-type', 'text/html').end('<!doctype html>');
    return;
  }
  readFile(root + path).then(
    (bytes) => response.setHeader('content-type', 'text/javascript').end(bytes),
    () => response.writeHead(404).end(),
  );
});

let served: Loopback;

before(async () => {
  served = await listenOnLoopback(server);
});

after(() => served.close());

/** A page of the server in a fresh browser. */
async function openPage(
  context: TestContext,
  ...args: readonly string[]
): Promise<Page> {
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    args: [...chromiumArgs({headless: true, loopbackOnly: true}), ...args],
  });
  context.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${served.url}/`);
  return page;
}

test('the npm exports bring the API to a browser that has none', async (context) => {
  const page = await openPage(
    context,
    '--disable-blink-features=BackgroundFetch',
  );
  const had = await page.evaluate(
    () => 'backgroundFetch' in ServiceWorkerRegistration.prototype,
  );
  assert.equal(had, false);
  const seen = await page.evaluate(async () => {
    const path = '/dist/lib/page.js';
    await import(path);
    const {serviceWorker} = navigator;
    const told = new Promise<unknown>((resolve) => {
      serviceWorker.addEventListener('message', ({data}) => resolve(data));
    });
    serviceWorker.startMessages();
    const registration = await serviceWorker.register('/worker.js', {
      type: 'module',
    });
    await serviceWorker.ready;
    const {backgroundFetch} = registration as unknown as {
      readonly backgroundFetch: {
        fetch(id: string, url: string): Promise<{readonly id: string}>;
      };
    };
    const {id} = await backgroundFetch.fetch('lib', '/file');
    return [id, await told];
  });
  assert.deepEqual(seen, ['lib', 12_345]);
});

const readManifest = async (): Promise<Manifest> =>
  JSON.parse(await readFile(`${root}package.json`, 'utf8')) as Manifest;

test('a unit test of an app runs its code under conditions', async () => {
  const {'./conditions': conditions} = (await readManifest()).exports;
  assert.ok(conditions);
  const types = await readFile(root + conditions.types, 'utf8');
  assert.match(types, /export declare function createConditions\(/);
  const {createConditions, createManualClock, verdictOf} = (await import(
    root + conditions.default
  )) as typeof Exports;
  const clock = createManualClock();
  const film = new Uint8Array(100_000);
  const made = createConditions({
    clock,
    profile: {name: 'A train', download: 50_000, latency: 300},
    rules: [
      {
        match: {fetchId: 'film'},
        trigger: {at: 'byte', byte: 50_000},
        effect: {type: 'fail', reason: 'quota-exceeded'},
      },
    ],
  });
  const network = made.shapeNetwork({
    fetch: async () => new Response(film),
    isOnline: () => true,
    whenOnline: async () => {},
  });
  const load = async (fetchId: string): Promise<number> => {
    const context = {
      key: 1,
      fetchId,
      record: 0,
      records: 1,
      attempt: 1,
      received: 0,
      uploadLength: 0,
      downloadTotal: 0,
    };
    const request = new Request('https://podcast.example/film');
    const response = await network.fetch(request, context);
    return (await response.arrayBuffer()).byteLength;
  };
  assert.equal(await clock.run(load('music')), film.length);
  assert.equal(clock.now(), 2_300);
  const error: unknown = await clock.run(load('film')).catch((why) => why);
  assert.deepEqual(verdictOf(error), {type: 'fail', reason: 'quota-exceeded'});
  assert.equal(clock.now(), 2_300 + 1_300);
});

test('the npm exports are modules that announce themselves', async (context) => {
  const {exports} = await readManifest();
  const page = await openPage(context);
  for (const name of ['./page', './worker']) {
    const path = exports[name]?.default ?? '';
    await page.reload();
    const announced = await page.evaluate(
      async (url) => {
        const panel = new BroadcastChannel('background-fetch-inspector');
        const heard = new Promise<unknown>((resolve) => {
          panel.addEventListener('message', ({data}) => resolve(data));
        });
        await import(url);
        return heard;
      },
      path.replace('.', ''),
    );
    assert.ok(
      typeof announced === 'object' &&
        announced !== null &&
        Reflect.get(announced, 'type') === 'announce',
      `${path} said ${JSON.stringify(announced)}`,
    );
  }
});
