/**
 * Conditions in real DevTools, by the panel's own controls: what they say is held
 * against the app, the log and the server.
 */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, test} from 'node:test';
import type {SituationRun} from '../../demo/app/situations/run.js';
import {
  isOver,
  type FetchState,
} from '../../inspector-core/projections/projections.js';
import {eventually} from './support/eventually.js';
import {
  inspectDemo,
  runSituation,
  type Inspection,
} from './support/inspection.js';
import {Inspector} from './support/inspector.js';
import {PanelHand} from './support/panel-hand.js';
import {chooseRoute, shownFetch} from './support/route.js';
import {assertComplete} from './support/sequences.js';

let inspection: Inspection;
let hand: PanelHand;

before(async () => {
  inspection = await inspectDemo();
  hand = await PanelHand.of(inspection.inspector);
});

after(() => inspection.close());

const ROUTE = 'bgf-toolbar >>> .bar > .route-choice select';
const NETWORK = 'bgf-toolbar >>> .bar .network select';
const BAR = 'bgf-conditions-bar';
const EDITOR = 'bgf-rules-drawer >>> bgf-rule-editor';

const run = (name: string): Promise<SituationRun> =>
  runSituation(inspection, name);

/** The newest fetch of a situation that goes on and has more bytes than so many. */
async function running(name: string, bytes = 0): Promise<FetchState> {
  const [fetch] = await eventually(
    async () =>
      (await inspection.inspector.fetches()).filter(
        ({id, phase, downloaded}) =>
          id.startsWith(`${name}.`) && phase === 'active' && downloaded > bytes,
      ),
    (fetches) => fetches.length === 1,
    {what: `bytes of ${name}`, within: 60_000},
  );
  assert.ok(fetch);
  return fetch;
}

const ended = (id: string): Promise<FetchState> =>
  shownFetch(
    inspection.inspector,
    id,
    ({phase, events}) => isOver(phase) && events.length > 0,
  );

/** Chrome itself has stopped a worker, with the app's own scripts in it. */
const stopped = (from: number) =>
  inspection.inspector.entry(
    'realm-closed',
    ({reason}, {index}) => index >= from && reason === 'stopped',
  );

/** What the conditions' entries say of a fetch. */
const fired = async (id: string) =>
  (await inspection.inspector.entriesOf('rule-fired'))
    .filter(({fact}) => fact.id === id)
    .map(({fact}) => [fact.effect, fact.attempt]);

test('the toolbar throttles, and the bar says so', async () => {
  await hand.choose(NETWORK, 'Regular 4G / LTE');
  await hand.shows(`${BAR} >>> .parts`, /Regular 4G \/ LTE \(500 kB\/s down/);
  await inspection.inspector.entry(
    'conditions-changed',
    ({profile, isActive}) => profile === 'Regular 4G / LTE' && isActive,
  );
  // Chrome's own fetches cannot be slowed down: with route auto, the engine has
  // what conditions apply to.
  const {ids} = await run('many-records');
  const fetch = await ended(ids[0] ?? '');
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.routedBecause, 'conditions');
  assert.equal(fetch.phase, 'succeeded');
  const attempts = fetch.records.flatMap((record) => record.attempts);
  const ms =
    Math.max(...attempts.map(({finishedAt = Infinity}) => finishedAt)) -
    Math.min(...attempts.map(({startedAt}) => startedAt));
  // A network that was silent may catch up on 50 ms of it.
  const least = fetch.downloaded / 500 - 50;
  assert.ok(fetch.downloaded > 1_500_000);
  assert.ok(ms >= least, `${fetch.downloaded} bytes took ${ms} ms`);
  // With the browser's own, the bar says what can be done.
  await hand.choose(ROUTE, 'native');
  await hand.click('bgf-toolbar >>> .bar .rules');
  await hand.shows('bgf-rules-drawer >>> .native', /Nothing can slow down/);
  await hand.click('bgf-rules-drawer >>> .close');
  await hand.click(`${BAR} >>> .route`);
  await hand.hides(`${BAR} >>> .route`);
});

test('rules cut at 40 %, bring back, and fail the second attempt', async () => {
  await hand.click('bgf-toolbar >>> .bar .rules');
  await hand.click('bgf-rules-drawer >>> .add');
  await hand.choose(`${EDITOR} >>> [name=effect]`, 'offline');
  await hand.write(`${EDITOR} >>> [name="effect.ms"]`, '300');
  await hand.choose(`${EDITOR} >>> [name=trigger]`, 'percent');
  await hand.write(`${EDITOR} >>> [name="trigger.percent"]`, '40');
  await hand.click(`${EDITOR} >>> [type=submit]`);
  await hand.shows('bgf-rules-drawer >>> li', /offline for 300 ms at 40 %/);
  await hand.click('bgf-rules-drawer >>> .add');
  await hand.write(`${EDITOR} >>> [name="effect.status"]`, '503');
  await hand.choose(`${EDITOR} >>> [name=attempt]`, 'every');
  await hand.write(`${EDITOR} >>> [name="match.attempt.every"]`, '2');
  await hand.click(`${EDITOR} >>> [type=submit]`);
  await hand.shows(
    'bgf-rules-drawer >>> [data-rule="1"]',
    /status 503 for every 2nd attempt/,
  );
  const {ids, ends} = await run('slow');
  const [id = ''] = ids;
  const fetch = await ended(id);
  assert.equal(fetch.failureReason, 'bad-status');
  assert.equal(ends[0]?.worker.event, 'backgroundfetchfail');
  assert.equal(ends[0]?.worker.failureReason, 'bad-status');
  assert.deepEqual(await fired(id), [
    ['offline', 1],
    ['status', 2],
  ]);
  assert.equal(fetch.faults.length, 2);
  const online = await inspection.inspector.entriesOf('online-changed');
  assert.deepEqual(
    online.map(({fact}) => fact.isOnline),
    [false, true],
  );
  // The second attempt never left the browser.
  const url = fetch.records[0]?.request.url;
  const asked = inspection.server.requests.entries.filter(
    (each) => new URL(each.url, inspection.server.url).href === url,
  );
  assert.deepEqual(
    asked.map(({ending}) => ending),
    ['aborted'],
  );
  await hand.shows('bgf-rules-drawer >>> [data-rule="0"]', /fired 1×/);
  await hand.shows(`${BAR} >>> .parts`, /rules fired 2×/);
  await hand.click('bgf-rules-drawer >>> [data-rule="1"] .delete');
  await hand.click('bgf-rules-drawer >>> [data-rule="0"] .delete');
  await hand.shows('bgf-rules-drawer >>> .none', /No rules/);
  await hand.click('bgf-rules-drawer >>> .close');
});

test('its buttons pause, resume, click and abort', async () => {
  const {inspector} = inspection;
  const done = run('slow');
  const {id} = await running('slow');
  await hand.open(id);
  const button = (action: string): string =>
    `bgf-detail >>> [data-action="${action}"]`;
  const asked = () =>
    inspection.server.requests.entries.filter(({url}) =>
      url.includes(`id=${id}.slow`),
    );
  await hand.click(button('pause'));
  await inspector.entry('fetch-controlled', ({action}) => action === 'pause');
  await eventually(
    () => Promise.resolve(asked().map(({ending}) => ending)),
    (endings) => endings.length === 1 && endings[0] === 'aborted',
    {what: 'a pause that closes the connection'},
  );
  await hand.click(button('resume'));
  const resumed = await inspector.entry(
    'fetch-controlled',
    ({action}) => action === 'resume',
  );
  const before = (await running('slow')).downloaded;
  await eventually(
    async () => (await running('slow')).downloaded,
    (downloaded) => downloaded > before,
    {what: 'bytes after the pause'},
  );
  await hand.click(button('click'));
  const clicked = await inspector.entry(
    'event-dispatched',
    ({name}) => name === 'backgroundfetchclick',
  );
  assert.equal(clicked.fact.registration.id, id);
  assert.ok(clicked.at >= resumed.at);
  await hand.click(button('abort'));
  const {ends, seen} = await done;
  const fetch = await ended(id);
  // The server was asked for the rest, and the app's own handler was called.
  const [, second] = asked();
  const range = second?.requestHeaders.find(
    ([name]) => name.toLowerCase() === 'range',
  );
  assert.match(range?.[1] ?? '', /^bytes=\d+-$/);
  assert.deepEqual(
    seen.flatMap((each) => (each.type === 'worker-event' ? each.event : [])),
    ['backgroundfetchclick', 'backgroundfetchabort'],
  );
  assert.equal(fetch.phase, 'aborted');
  assert.equal(ends[0]?.final.failureReason, 'aborted');
  assert.equal(fetch.events.at(-1)?.name, 'backgroundfetchabort');
  await hand.shows('bgf-detail >>> .reasons', /It is over/);
});

/** The bytes that the app should have, past the browser. */
async function served(url: string): Promise<string> {
  const fast = new URL(url);
  fast.searchParams.delete('rate');
  const body = await (await fetch(fast)).arrayBuffer();
  return createHash('sha256').update(new Uint8Array(body)).digest('hex');
}

test('its menu kills the worker and restarts the browser, and no byte is lost', async () => {
  const {inspector, server} = inspection;
  const done = run('slow');
  // What a second or two brought is in one part, which is lost with the worker.
  const {id} = await running('slow', 2_000_000);
  const from = (await inspector.entries()).length;
  /** Where attempts began that came since, and their entries. */
  const ranges = async () =>
    (await inspector.entriesOf('attempt-sent'))
      .filter(({index}) => index >= from)
      .map(({fact, index}) => {
        const range = fact.headers.find(([name]) => name === 'range')?.[1];
        return {index, start: Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1])};
      });
  await hand.menu(id, 'kill-worker');
  await inspector.entry(
    'worker-controlled',
    ({action}) => action === 'kill-worker',
  );
  await stopped(from);
  const [first] = await eventually(ranges, ({length}) => length === 1, {
    what: 'an attempt of the next worker',
    within: 60_000,
  });
  await inspector.entry(
    'attempt-progressed',
    (_fact, {index}) => index > (first?.index ?? Infinity),
  );
  await hand.click('bgf-toolbar >>> .bar .rules');
  await hand.click(
    'bgf-rules-drawer >>> bgf-conditions-form >>> [data-action="restart-browser"]',
  );
  await inspector.entry(
    'worker-controlled',
    ({action}) => action === 'restart-browser',
  );
  await hand.click('bgf-rules-drawer >>> .close');
  const [, second] = await eventually(ranges, ({length}) => length === 2, {
    what: 'an attempt after the restart',
  });
  const {ends} = await done;
  const [record] = ends[0]?.worker.records ?? [];
  assert.equal(ends[0]?.final.result, 'success');
  assert.equal(ends[0]?.final.downloaded, 8_000_000);
  assert.equal(record?.bytes, 8_000_000);
  // Each went on with what the one before had stored.
  assert.ok(first !== undefined && first.start > 0);
  assert.ok(second !== undefined && second.start >= first.start);
  const asked = server.requests.entries.filter(({url}) =>
    url.includes(`id=${id}.slow`),
  );
  assert.equal(asked.length, 3);
  assert.equal(record?.sha256, await served(record?.url ?? ''));
  const {phase, controls} = await ended(id);
  assert.equal(phase, 'succeeded');
  assert.deepEqual(
    controls.map(({action}) => action),
    ['kill-worker', 'restart-browser'],
  );
});

test('its menu clears what is stored: the fetch is gone without an event', async () => {
  const {inspector, page} = inspection;
  await page.evaluate(() => void window.demo.run('slow'));
  const {id} = await running('slow');
  await hand.menu(id, 'clear-storage');
  const fetch = await shownFetch(inspector, id, ({phase}) => isOver(phase));
  assert.equal(fetch.phase, 'aborted');
  assert.deepEqual(fetch.events, []);
  await hand.open(id);
  await hand.shows('bgf-detail >>> dl', /the inspector cleared/);
  await hand.shows('bgf-detail >>> .reasons', /It is over/);
  // The app sees what it would: nothing is there, and nothing says so.
  const ids = await page.evaluate(async () => {
    const {backgroundFetch} = (await navigator.serviceWorker
      .ready) as unknown as {
      readonly backgroundFetch: {getIds(): Promise<readonly string[]>};
    };
    return backgroundFetch.getIds();
  });
  assert.deepEqual(ids, []);
  const {length} = await inspector.entriesOf('event-dispatched');
  // Nor does it begin again with the next worker.
  const from = (await inspector.entries()).length;
  await hand.menu(id, 'kill-worker');
  // Asked of the one that is killed, fetch() would reject.
  await stopped(from);
  const {ids: next} = await run('not-found');
  await ended(next[0] ?? '');
  const events = await inspector.entriesOf('event-dispatched');
  assert.deepEqual(
    events.slice(length).filter(({fact}) => fact.registration.id === id),
    [],
  );
});

test('all of it survives a reload, a killed worker and closed DevTools', async () => {
  const {page, inspector} = inspection;
  await hand.click('bgf-toolbar >>> .bar .rules');
  await hand.click('bgf-rules-drawer >>> .add');
  await hand.click(`${EDITOR} >>> [type=submit]`);
  await hand.shows('bgf-rules-drawer >>> li', /status 503/);
  await inspector.close();
  const next = await Inspector.open(page);
  inspection = {...inspection, inspector: next};
  hand = await PanelHand.of(next);
  await next.attachment();
  await hand.shows(`${BAR} >>> .parts`, /Regular 4G \/ LTE .*1 rule/);
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  await page.reload();
  await page.evaluate(() => window.demo.ready);
  const {ids} = await run('download');
  const fetch = await ended(ids[0] ?? '');
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.failureReason, 'bad-status');
  assert.ok((await fired(fetch.id)).length > 0);
});

test('one button returns all to normal', async () => {
  await hand.click(`${BAR} >>> .normal`);
  await hand.hides(`${BAR} >>> .parts`);
  await chooseRoute(inspection.inspector, 'auto');
  const {ids} = await run('download');
  const fetch = await ended(ids[0] ?? '');
  assert.equal(fetch.phase, 'succeeded');
  assert.equal(fetch.route, 'native');
  assert.deepEqual(await fired(fetch.id), []);
  assertComplete(await inspection.inspector.entries());
});
