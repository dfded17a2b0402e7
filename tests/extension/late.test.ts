/** DevTools is opened on a page whose fetches are under way already. */
import assert from 'node:assert/strict';
import {createServer} from 'node:http';
import {after, before, test} from 'node:test';
import type {Page} from 'puppeteer-core';
import {startDemoServer, type DemoServer} from '../../demo/server/server.js';
import type {FetchState} from '../../inspector-core/projections/projections.js';
import {listenOnLoopback, type Loopback} from '../../scripts/loopback.js';
import {launchBrowser, type InspectedBrowser} from './support/browser.js';
import {eventually} from './support/eventually.js';
import {openPage} from './support/inspection.js';
import {Inspector} from './support/inspector.js';

const RUNNING = ['late-1', 'late-2', 'late-3'];
const RECORDS = 1_000;
const SIZE = 200_000;

let release = (): void => {};
const released = new Promise<void>((resolve) => {
  release = resolve;
});

/** Does not answer before it is released: until then its fetches are under way. */
const slow = createServer((_request, response) => {
  response.setHeader('Access-Control-Allow-Origin', '*');
  void released.then(() => response.end(Buffer.alloc(SIZE)));
});

let other: Loopback;
let server: DemoServer;
let launched: InspectedBrowser;
let page: Page;
let inspector: Inspector;

/** Calls fetch() in the page, and settles once the browser has taken it. */
async function start(id: string, urls: readonly string[]): Promise<void> {
  await page.evaluate(
    async (name, requests) => {
      const {backgroundFetch} = (await navigator.serviceWorker
        .ready) as unknown as {
        readonly backgroundFetch: {
          fetch(id: string, requests: readonly string[]): Promise<unknown>;
        };
      };
      await backgroundFetch.fetch(name, requests);
    },
    id,
    urls,
  );
}

/** A fetch as the panel has it, once it is as wanted. */
async function shown(
  id: string,
  isThere: (fetch: FetchState) => boolean,
): Promise<FetchState> {
  const found = await eventually(
    async () => {
      const text = await inspector.frame.evaluate((wanted) => {
        const {bgfSession} = globalThis as unknown as {
          readonly bgfSession: {
            readonly store: {
              readonly state: {
                readonly fetches: {readonly all: Map<string, FetchState>};
              };
            };
          };
        };
        const all = [...bgfSession.store.state.fetches.all.values()];
        const fetches = all.filter((fetch) => fetch.id === wanted);
        return fetches.length === 1 ? JSON.stringify(fetches[0]) : '';
      }, id);
      return text === '' ? undefined : (JSON.parse(text) as FetchState);
    },
    (fetch) => fetch !== undefined && isThere(fetch),
    {what: `one fetch ${id}`, within: 60_000},
  );
  assert.ok(found);
  return found;
}

before(async () => {
  server = await startDemoServer();
  launched = await launchBrowser();
  page = await openPage(launched, server.url);
  other = await listenOnLoopback(slow);
  for (const id of RUNNING) await start(id, [`${other.url}/${id}`]);
  inspector = await Inspector.open(page);
  await inspector.showPanel();
  await inspector.attachment();
});

after(async () => {
  await launched.close();
  await server.close();
  await other.close();
});

test('fetches that ran before are found, and followed to their end', async () => {
  for (const id of RUNNING) {
    const found = await shown(id, ({records}) => records.length === 1);
    assert.equal(found.startedBy, undefined);
    assert.equal(found.acceptedAt, undefined);
  }
  const [seen] = await inspector.entriesOf('registration-seen');
  assert.equal(seen?.fact.via, 'attach');
  release();
  for (const id of RUNNING) {
    // Page and worker tell it, and either may be the first.
    const ended = await shown(
      id,
      ({phase, events, records: [record]}) =>
        phase === 'succeeded' &&
        events.length > 0 &&
        record?.response !== undefined,
    );
    assert.equal(ended.downloaded, SIZE);
    assert.equal(ended.events[0]?.name, 'backgroundfetchsuccess');
    assert.equal(ended.records[0]?.response?.status, 200);
  }
});

test('1,000 records of one fetch are told, each at its place', async () => {
  const urls = Array.from(
    {length: RECORDS},
    (_, index) => `/resource?id=many-${index}&size=10`,
  );
  await start('many', urls);
  const found = await shown('many', ({records}) => records.length === RECORDS);
  assert.deepEqual(
    found.records.map(({request}) => new URL(request.url).search),
    urls.map((url) => new URL(url, server.url).search),
  );
  const listed = await inspector.entry(
    'records-listed',
    ({registration}) => registration.id === 'many',
  );
  assert.equal(listed.fact.records.length, RECORDS);
  assert.equal((await inspector.entriesOf('entries-rejected')).length, 0);
  assert.equal((await inspector.entriesOf('entries-missed')).length, 0);
});
