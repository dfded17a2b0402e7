/** Whatever comes and goes in between: no entry is lost, and none is doubled. */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {Page} from 'puppeteer-core';
import type {PanelWindow} from '../../panel/extension/share.js';
import {inspectDemo, type Inspection} from './support/inspection.js';
import {Inspector} from './support/inspector.js';
import {eventually} from './support/eventually.js';
import {probe, probeWorker} from './support/probe.js';
import {askedIds, assertComplete} from './support/sequences.js';

let inspection: Inspection;

before(async () => {
  inspection = await inspectDemo();
});

after(() => inspection.close());

/** Waits until all of these calls are in the log, and checks the whole log. */
async function assertArrived(
  inspector: Inspector,
  ids: readonly string[],
): Promise<void> {
  const last = ids.at(-1);
  await inspector.entry(
    'call-started',
    ({invocation}) => invocation.method === 'get' && invocation.id === last,
  );
  const entries = await inspector.entries();
  assertComplete(entries);
  const asked = askedIds(entries).filter((id) => ids.includes(id));
  assert.deepEqual(asked, ids);
}

async function stopWorkers(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

test('the page is reloaded', async () => {
  const {page, inspector} = inspection;
  const before = await probe(page, 'before-reload', 2_000);
  await page.reload();
  const after = await probe(page, 'after-reload', 300);
  await assertArrived(inspector, [...before, ...after]);
});

test('the panel is reloaded', async () => {
  const {page, inspector} = inspection;
  const before = await probe(page, 'before-panel', 100);
  const panel = await inspector.showPanel();
  await panel.evaluate(() => location.reload());
  const after = await probe(page, 'after-panel', 100);
  await assertArrived(inspector, [...before, ...after]);
  const shown = await inspector.showPanel();
  const next = await eventually(
    () => shown.evaluate(() => (window as PanelWindow).bgfInspector?.log.next),
    (value) => typeof value === 'number',
    {what: 'the inspector in the reloaded panel'},
  );
  assert.equal(next, (await inspector.entries()).length + 1);
});

test('the service worker stops and starts again', async () => {
  const {browser, page, inspector} = inspection;
  const target = await browser.waitForTarget((candidate) =>
    candidate.url().endsWith('/service-worker.js'),
  );
  const worker = await target.worker();
  assert.ok(worker);
  const before = await probeWorker(worker, 'before-stop', 100);
  await assertArrived(inspector, before);
  const opened = await inspector.entriesOf('realm-opened');
  const old = opened.filter(({source}) => source.kind === 'service-worker');
  const last = old.at(-1);
  assert.ok(last);

  await stopWorkers(page);
  await inspector.entry(
    'realm-closed',
    ({realm, reason}) => realm === last.source.realm && reason === 'stopped',
  );
  // Wakes it, and shows that the hook came before its first script.
  await page.evaluate(() => window.demo.run('from-service-worker'));
  const again = await inspector.entry(
    'realm-opened',
    (_fact, {source, index}) =>
      source.kind === 'service-worker' && index > last.index,
  );
  assert.equal(again.fact.timing, 'before-scripts');
  await inspector.entry(
    'handler-changed',
    ({event}, {source}) =>
      source.realm === again.source.realm && event === 'backgroundfetchsuccess',
  );
  assertComplete(await inspector.entries());
});

test('the page comes back from the back-forward cache', async () => {
  const {page, server, inspector} = inspection;
  const before = await probe(page, 'before-leaving', 200);
  await page.evaluate(() => Reflect.set(window, 'isTheSame', true));
  await page.goto(`${server.url}/?another`);
  await page.evaluate(() => window.demo.ready);
  const meanwhile = await probe(page, 'meanwhile', 100);
  await page.goBack();
  const restored = await page.evaluate(() => Reflect.get(window, 'isTheSame'));
  assert.equal(restored, true, 'the browser kept the page');
  const after = await probe(page, 'after-return', 200);
  await assertArrived(inspector, [...before, ...meanwhile, ...after]);
});

test('the tab goes to another origin and back', async () => {
  const {page, server, inspector} = inspection;
  const before = await probe(page, 'before-origin', 100);
  await page.goto(server.crossOrigin);
  await page.evaluate(() => window.demo.ready);
  const abroad = await probe(page, 'abroad', 100);
  await page.goto(server.url);
  const after = await probe(page, 'after-origin', 100);
  await assertArrived(inspector, [...before, ...abroad, ...after]);
});

test('DevTools is closed and opened again', async () => {
  const {page, server} = inspection;
  await page.goto(server.url);
  const open = await probe(page, 'while-open', 100);
  await assertArrived(inspection.inspector, open);
  await inspection.inspector.close();
  const closed = await probe(page, 'while-closed', 100);
  const inspector = await Inspector.open(page);
  // It was recording when it was closed, so it begins without being shown.
  await inspector.attachment();
  const reopened = await probe(page, 'while-reopened', 100);
  await assertArrived(inspector, [...open, ...closed, ...reopened]);
  inspection = {...inspection, inspector};
});

test('recording is stopped, which leaves nothing behind, and started', async () => {
  const {page, inspector} = inspection;
  const traces = (): Promise<readonly string[]> =>
    page.evaluate(() => [
      ...Object.getOwnPropertySymbols(window).map(String),
      ...Object.getOwnPropertyNames(window).filter((name) =>
        name.toLowerCase().includes('backgroundfetchinspector'),
      ),
    ]);
  assert.deepEqual(await traces(), [
    'Symbol(background-fetch-engine)',
    'Symbol(background-fetch-inspector)',
  ]);
  assert.deepEqual(await inspector.execute({type: 'stop-recording'}), {
    ok: true,
  });
  assert.deepEqual(await traces(), []);
  // A Proxy, such as ours, has no name in its text.
  assert.equal(
    await page.evaluate('String(BackgroundFetchManager.prototype.fetch)'),
    'function fetch() { [native code] }',
  );
  const {length} = await inspector.entries();
  await probe(page, 'not-recorded', 20);
  assert.deepEqual(await inspector.execute({type: 'start-recording'}), {
    ok: true,
  });
  const ids = await probe(page, 'recorded', 20);
  await assertArrived(inspector, ids);
  const entries = (await inspector.entries()).slice(length);
  assert.deepEqual(
    askedIds(entries).filter((id) => id.startsWith('not-')),
    [],
  );
});
