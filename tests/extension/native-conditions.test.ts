/**
 * Conditions on the browser's own fetches, in real DevTools: what the app sees
 * of them, held against the server's log, and that all is gone afterwards.
 */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {WorkerReport} from '../../demo/app/messages.js';
import type {BackgroundFetchManager} from '../../inspector-core/platform/background-fetch.js';
import type {
  ConditionsFile,
  RouteSetting,
  Rule,
} from '../../inspector-core/protocol/protocol.js';
import {eventually} from './support/eventually.js';
import {grantAll, type GrantedExtension} from './support/granted-extension.js';
import {inspectDemo, type Inspection} from './support/inspection.js';
import {Inspector} from './support/inspector.js';

let inspection: Inspection;
let extension: GrantedExtension;
/** A tab that nobody inspects: another port of the same host. */
let other: Page;

before(async () => {
  extension = await grantAll();
  inspection = await inspectDemo({extension: extension.path});
  const {browser, server} = inspection;
  other = await browser.newPage();
  await other.goto(server.crossOrigin);
  await other.evaluate(() => window.demo.ready);
  await inspection.page.bringToFront();
});

after(async () => {
  await inspection.close();
  await extension.remove();
});

interface WithBackgroundFetch {
  readonly backgroundFetch: BackgroundFetchManager;
}

/** How a fetch of one record ends, as its page sees it. */
interface End {
  readonly reason: string;
  readonly status?: number;
  readonly url?: string;
  readonly etag?: string | undefined;
}

let ids = 0;

/**
 * Fetches in the background, and waits for the end. By the app's worker:
 * Chromium tells a page nothing of a fetch that ended before the page had its
 * registration.
 */
function fetchIn(page: Page, file: string, origin = ''): Promise<End> {
  ids += 1;
  return page.evaluate(
    async (id, url) => {
      const ended = new Promise<string>((resolve) => {
        navigator.serviceWorker.addEventListener(
          'message',
          ({data: report}: MessageEvent<WorkerReport>) => {
            if (report.type === 'worker-event' && report.id === id) {
              resolve(report.failureReason);
            }
          },
        );
      });
      const {backgroundFetch: manager} = (await navigator.serviceWorker
        .ready) as unknown as WithBackgroundFetch;
      const registration = await manager.fetch(id, url);
      const [record] = await registration.matchAll();
      const reason = await ended;
      // Of one without a response Chromium may leave it open for good.
      if (record === undefined || reason === 'fetch-error') return {reason};
      const response = await record.responseReady;
      const etag = response.headers.get('etag') ?? undefined;
      return {reason, status: response.status, url: response.url, etag};
    },
    `native-${ids}`,
    resource(file, origin),
  );
}

const resource = (file: string, origin = ''): string =>
  `${origin}/resource?id=${file}&cors=1`;

const wasServed = (file: string): boolean =>
  inspection.server.requests.entries.some(({url}) =>
    url.includes(`id=${file}&`),
  );

/** The session rules that the extension has now, of whatever owner. */
const netRules = (
  {frame}: Pick<Inspector, 'frame'> = inspection.inspector,
): Promise<number> =>
  frame.evaluate(
    async () => (await chrome.declarativeNetRequest.getSessionRules()).length,
  );

const untilRules = (isThere: (count: number) => boolean): Promise<number> =>
  eventually(() => netRules(), isThere, {what: 'the rules that Chrome has'});

async function setRoute(route: RouteSetting): Promise<void> {
  await inspection.inspector.execute({type: 'set-route', route});
}

/** Sets conditions on the native route, and waits until Chrome has them. */
async function set(conditions: Omit<ConditionsFile, 'version'>): Promise<void> {
  await setRoute('native');
  const file: ConditionsFile = {version: 1, ...conditions};
  // What of them was there is gone before what is new comes.
  await inspection.inspector.execute({
    type: 'set-conditions',
    conditions: {version: 1},
  });
  await untilRules((count) => count === 0);
  await inspection.inspector.execute({
    type: 'set-conditions',
    conditions: file,
  });
  await untilRules((count) => count > 0);
}

const failing = (reason: 'bad-status' | 'fetch-error'): Rule => ({
  effect: {type: 'fail', reason},
});

test('blocks a request, which ends as bad-status', async () => {
  const {page} = inspection;
  await set({
    rules: [{match: {url: '/resource?id=blocked*'}, ...failing('bad-status')}],
  });
  const {reason, status} = await fetchIn(page, 'blocked');
  assert.deepEqual({reason, status}, {reason: 'bad-status', status: 0});
  assert.equal(wasServed('blocked'), false);
  const {reason: none} = await fetchIn(page, 'passed');
  assert.equal(none, '');
  assert.equal(wasServed('passed'), true);
});

test('loses a request, which ends as fetch-error', async () => {
  const {page, server} = inspection;
  await set({rules: [failing('fetch-error')]});
  assert.deepEqual(await fetchIn(page, 'lost'), {reason: 'fetch-error'});
  assert.equal(wasServed('lost'), false);
  // Another port of the host could be another page's own.
  const end = await fetchIn(page, 'neighbour', server.crossOrigin);
  assert.equal(end.reason, '');
});

test('redirects a request', async () => {
  const {page, server} = inspection;
  const to = `${server.url}/resource?id=target&cors=1`;
  await set({
    rules: [
      {match: {url: '/resource?id=source*'}, effect: {type: 'redirect', to}},
    ],
  });
  const end = await fetchIn(page, 'source');
  assert.equal(end.reason, '');
  assert.equal(end.url, to);
  assert.equal(wasServed('source'), false);
  assert.equal(wasServed('target'), true);
});

test('changes headers of a response', async () => {
  await set({rules: [{effect: {type: 'etag', etag: '"of-a-rule"'}}]});
  const end = await fetchIn(inspection.page, 'tagged');
  assert.equal(end.etag, '"of-a-rule"');
});

test('offline: fetches fail, and nothing else of the page does', async () => {
  const {page} = inspection;
  await set({offline: true});
  assert.deepEqual(await fetchIn(page, 'offline'), {reason: 'fetch-error'});
  const status = await page.evaluate(
    async (url) => (await fetch(url)).status,
    resource('plain'),
  );
  assert.equal(status, 200);
});

test('leaves a tab alone that is not inspected', async () => {
  await set({offline: true, rules: [failing('bad-status')]});
  assert.equal((await fetchIn(other, 'untouched')).reason, '');
  assert.equal(
    (await fetchIn(inspection.page, 'touched')).reason,
    'fetch-error',
  );
});

test('rejects a call with the error of the browser, and counts it', async () => {
  const {inspector, page} = inspection;
  await set({
    rules: [
      {
        match: {fetchId: 'refused', attempt: {first: 1}},
        effect: {type: 'too-many-fetches'},
      },
      {...failing('fetch-error'), match: {url: '/nothing-like-this'}},
    ],
  });
  const refused = await eventually(
    () =>
      page.evaluate(async (url) => {
        const {backgroundFetch: manager} = (await navigator.serviceWorker
          .ready) as unknown as WithBackgroundFetch;
        return manager.fetch('refused', url).then(
          () => '',
          (error: Error) => `${error.name} ${error.stack}`,
        );
      }, resource('refused')),
    (error) => error !== '',
    {what: 'a call that rejects'},
  );
  assert.equal(
    refused,
    'TypeError TypeError: There are too many active fetches for this origin.',
  );
  assert.equal(wasServed('refused'), false);
  await inspector.entry('rule-fired', ({id}) => id === 'refused');
});

test('aborts a fetch that has come so far', async () => {
  const {inspector, page} = inspection;
  await set({
    rules: [
      {
        match: {fetchId: 'slow.*'},
        trigger: {at: 'byte', byte: 100_000},
        effect: {type: 'fail', reason: 'aborted'},
      },
      // Only that there is something of Chrome's to be waited for.
      {...failing('fetch-error'), match: {url: '/nothing-like-this'}},
    ],
  });
  const {
    ids: [id = ''],
    ends,
  } = await page.evaluate(() => window.demo.run('slow'));
  assert.equal(ends[0]?.final.failureReason, 'aborted');
  const fired = await inspector.entry('rule-fired', (rule) => rule.id === id);
  assert.deepEqual(
    {id: fired.fact.id, rule: fired.fact.rule, trigger: fired.fact.trigger},
    {id, rule: 0, trigger: 'byte'},
  );
});

test('acts on the native route alone', async () => {
  await set({offline: true});
  await setRoute('auto');
  await untilRules((count) => count === 0);
  await setRoute('native');
  await untilRules((count) => count > 0);
});

test('is gone when all is back to normal', async () => {
  const {page, inspector} = inspection;
  await set({rules: [failing('fetch-error')]});
  await inspector.execute({type: 'set-conditions', conditions: {version: 1}});
  await untilRules((count) => count === 0);
  assert.equal((await fetchIn(page, 'normal')).reason, '');
});

test('is gone while nothing is recorded', async () => {
  const {page, inspector} = inspection;
  await set({rules: [failing('fetch-error')]});
  await inspector.execute({type: 'stop-recording'});
  await untilRules((count) => count === 0);
  assert.equal((await fetchIn(page, 'not-recorded')).reason, '');
  await inspector.execute({type: 'start-recording'});
  await untilRules((count) => count > 0);
});

test('is gone when DevTools is closed, and what was left before, too', async () => {
  const {page, browser, inspector} = inspection;
  await set({rules: [failing('fetch-error')]});
  // As if a page of ours had died without a worker there to see it.
  await inspector.frame.evaluate(() =>
    chrome.declarativeNetRequest.updateSessionRules({
      addRules: [
        {
          id: 1_000_000,
          action: {type: 'block'},
          condition: {tabIds: [-1], excludedTabIds: [12_345]},
        },
      ],
    }),
  );
  const {host} = new URL(inspector.frame.url());
  await inspector.close();
  const witness = await browser.newPage();
  await witness.goto(`chrome-extension://${host}/panel.html`);
  await eventually(
    () => netRules({frame: witness.mainFrame()}),
    (count) => count === 0,
    {what: 'no rules'},
  );
  await witness.close();
  assert.equal((await fetchIn(page, 'closed')).reason, '');
  inspection = {...inspection, inspector: await Inspector.open(page)};
});
