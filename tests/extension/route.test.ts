/**
 * Native and emulated fetches in real DevTools, switched by the toolbar's own
 * control. What the panel says is held against the page's account and against
 * the server's log.
 */
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import type {SituationRun} from '../../demo/app/situations/run.js';
import type {FetchState} from '../../inspector-core/projections/projections.js';
import type {
  LogEntry,
  RouteSetting,
} from '../../inspector-core/protocol/protocol.js';
import {eventually} from './support/eventually.js';
import {inspectDemo, type Inspection} from './support/inspection.js';
import {Inspector} from './support/inspector.js';
import {chooseRoute, panelRoute, shownFetch} from './support/route.js';
import {assertComplete} from './support/sequences.js';

let inspection: Inspection;

before(async () => {
  inspection = await inspectDemo();
});

after(() => inspection.close());

const run = (name: string): Promise<SituationRun> =>
  inspection.page.evaluate((wanted) => window.demo.run(wanted), name);

const switchTo = (route: RouteSetting): Promise<void> =>
  chooseRoute(inspection.inspector, route);

const shown = (
  id: string,
  isThere?: (fetch: FetchState) => boolean,
): Promise<FetchState> => shownFetch(inspection.inspector, id, isThere);

const isDone = ({phase, events}: FetchState): boolean =>
  phase !== 'active' &&
  phase !== 'requested' &&
  events.length > 0 &&
  events.every(({finishedAt}) => finishedAt !== undefined);

/** What the server sent for a URL, without what a connection's end cost. */
const served = (url: string) =>
  inspection.server.requests.entries
    .filter((each) => new URL(each.url, inspection.server.url).href === url)
    .map(({status, bytesSent, ending}) => ({status, bytesSent, ending}));

/** Events of the worker about a fetch, as the log tells them. */
const eventsOf = (entries: readonly LogEntry[], id: string) =>
  entries.flatMap(({fact, source}) =>
    fact.type === 'event-dispatched' && fact.registration.id === id
      ? [{name: fact.name, realm: source.realm, event: fact.event}]
      : [],
  );

test('the toolbar asks for a route, and all its realms follow', async () => {
  const {inspector} = inspection;
  // What was there, unused, has gone; the same realms get it again.
  await inspector.execute({type: 'stop-recording'});
  await inspector.execute({type: 'start-recording'});
  assert.equal(await panelRoute(inspector), 'auto');
  await switchTo('emulated');
  const changed = await inspector.entry('route-changed');
  assert.equal(changed.fact.route, 'emulated');
  assert.deepEqual(await inspector.entriesOf('hook-faulted'), []);
});

test('two records succeed, and the worker has read them', async () => {
  const {ids, ends, seen} = await run('download');
  const [id = ''] = ids;
  const fetch = await shown(id, isDone);
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.routedBecause, 'setting');
  assert.equal(fetch.phase, 'succeeded');
  assert.equal(fetch.records.length, 2);
  const bytes = fetch.records.map(({request, response}) => {
    assert.equal(response?.status, 200);
    const [answer, ...more] = served(request.url);
    assert.equal(more.length, 0, 'one request for each record');
    assert.equal(answer?.ending, 'finished');
    return answer?.bytesSent ?? 0;
  });
  const sum = bytes.reduce((all, each) => all + each, 0);
  assert.equal(fetch.downloaded, sum);
  assert.equal(ends[0]?.final.downloaded, sum);
  assert.equal(ends[0]?.worker.event, 'backgroundfetchsuccess');
  assert.deepEqual(
    ends[0]?.worker.records.map((record) => record.bytes),
    bytes,
  );
  const [event] = fetch.events;
  assert.equal(event?.name, 'backgroundfetchsuccess');
  assert.ok((event?.waits.length ?? 0) > 0, 'its waitUntil() was seen');
  assert.equal(event?.outcome?.status, 'fulfilled');
  assert.deepEqual(ends[0]?.worker.notes, ['updateUI resolved']);
  const calls = (await inspection.inspector.entriesOf('call-started')).filter(
    ({fact, source}) =>
      source.realm === event?.realm && fact.invocation.method === 'updateUI',
  );
  assert.equal(calls.length, 1, 'its updateUI() was seen');
  // Progress as the page had it, each step once.
  const progress = seen.filter(
    (each) => each.type === 'progress' && each.id === id,
  );
  assert.ok(progress.length > 0);
});

test('a missing file is bad-status', async () => {
  const {ids, ends} = await run('not-found');
  const fetch = await shown(ids[0] ?? '', isDone);
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.failureReason, 'bad-status');
  assert.equal(fetch.records[0]?.response?.status, 404);
  assert.equal(fetch.events[0]?.name, 'backgroundfetchfail');
  assert.equal(ends[0]?.worker.failureReason, 'bad-status');
});

test('abort() ends it', async () => {
  const {ids} = await run('abort');
  const fetch = await shown(ids[0] ?? '', isDone);
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.phase, 'aborted');
  assert.equal(fetch.events[0]?.name, 'backgroundfetchabort');
  assert.equal(served(fetch.records[0]?.request.url ?? '').length, 1);
});

test('a dropped connection is resumed by Range', async () => {
  const {ids, ends} = await run('dropped');
  const fetch = await shown(ids[0] ?? '', isDone);
  assert.equal(fetch.phase, 'succeeded');
  assert.equal(fetch.downloaded, 4_000_000);
  assert.equal(ends[0]?.worker.records[0]?.bytes, 4_000_000);
  const answers = served(fetch.records[0]?.request.url ?? '');
  assert.deepEqual(
    answers.map(({status}) => status),
    [200, 206],
  );
});

test('fetches of both routes run side by side', async () => {
  const {page, inspector} = inspection;
  const emulated = run('slow');
  const emulatedFetch = await eventually(
    () => activeSlow(),
    (fetches) => fetches.length === 1,
    {what: 'the emulated fetch'},
  );
  await switchTo('native');
  const native = run('slow');
  const both = await eventually(
    () => activeSlow(),
    (fetches) => fetches.length === 2 && fetches.every(hasBytes),
    {what: 'both fetches, with bytes', within: 40_000},
  );
  const [first, second] = both;
  assert.equal(first?.id, emulatedFetch[0]?.id);
  assert.equal(first?.route, 'emulated');
  assert.equal(second?.route, 'native');
  assert.equal(second?.routedBecause, 'setting');
  const answered = await page.evaluate(
    async (ids) => {
      const {backgroundFetch: manager} = (await navigator.serviceWorker
        .ready) as unknown as {backgroundFetch: BackgroundFetchLike};
      const found = await Promise.all(ids.map((id) => manager.get(id)));
      const taken = await Promise.allSettled(
        ids.map((id) => manager.fetch(id, '/resource?id=taken')),
      );
      return {
        all: [...(await manager.getIds())].toSorted(),
        found: found.map((each) => each?.id),
        taken: taken.map((each) =>
          each.status === 'rejected' ? String(each.reason) : each.status,
        ),
      };
    },
    both.map(({id}) => id),
  );
  const ids = both.map(({id}) => id);
  assert.deepEqual(answered.all, ids.toSorted());
  assert.deepEqual(answered.found, ids);
  // Its own check for the native one, the engine's for the other.
  for (const refusal of answered.taken) assert.match(refusal, /^TypeError: /);
  await switchTo('emulated');
  const emulatedToo = await page.evaluate(async (id) => {
    const {backgroundFetch: manager} = (await navigator.serviceWorker
      .ready) as unknown as {backgroundFetch: BackgroundFetchLike};
    return manager.fetch(id, '/resource?id=taken').then(() => '', String);
  }, second?.id ?? '');
  assert.match(emulatedToo, /^TypeError: /, 'an id of the other route');
  await Promise.all([emulated, native]);
  const ended = await Promise.all(ids.map((id) => shown(id, isDone)));
  assert.deepEqual(
    ended.map(({phase, downloaded, route}) => [phase, downloaded, route]),
    [
      ['succeeded', 8_000_000, 'emulated'],
      ['succeeded', 8_000_000, 'native'],
    ],
  );
  const entries = await inspector.entries();
  for (const id of ids) assert.equal(eventsOf(entries, id).length, 1, id);
});

interface BackgroundFetchLike {
  fetch(id: string, url: string): Promise<unknown>;
  get(id: string): Promise<{readonly id: string} | undefined>;
  getIds(): Promise<readonly string[]>;
}

const hasBytes = ({downloaded}: FetchState): boolean => downloaded > 0;

async function activeSlow(): Promise<readonly FetchState[]> {
  const fetches = await inspection.inspector.fetches();
  return fetches.filter(
    ({id, phase}) => id.startsWith('slow.') && phase === 'active',
  );
}

test('it goes on and is shown when the page is reloaded', async () => {
  const {page, inspector} = inspection;
  // Not awaited: the page that asked goes.
  await page.evaluate(() => {
    void window.demo.run('slow');
  });
  const [running] = await eventually(
    () => activeSlow(),
    (fetches) => fetches.length === 1 && fetches.every(hasBytes),
    {what: 'bytes of an emulated fetch'},
  );
  assert.ok(running);
  await page.reload();
  await page.evaluate(() => window.demo.ready);
  // The app's own restore() asks for it; the new document's first script already
  // had the route.
  const fetch = await shown(running.id, isDone);
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.phase, 'succeeded');
  assert.equal(fetch.downloaded, 8_000_000);
  assert.equal(fetch.events.length, 1);
  const fetches = await inspector.fetches();
  assert.equal(fetches.filter(({id}) => id === running.id).length, 1);
});

test('it goes on when its worker is stopped', async () => {
  const {page, inspector} = inspection;
  const done = run('slow');
  const [running] = await eventually(
    () => activeSlow(),
    // More than the engine writes down at once.
    (fetches) => fetches.some(({downloaded}) => downloaded > 1_500_000),
    {what: 'bytes of an emulated fetch'},
  );
  assert.ok(running);
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  const {ends} = await done;
  assert.equal(ends[0]?.worker.records[0]?.bytes, 8_000_000);
  const fetch = await shown(running.id, isDone);
  assert.equal(fetch.phase, 'succeeded');
  assert.equal(fetch.downloaded, 8_000_000);
  assert.equal(fetch.route, 'emulated');
  const answers = served(fetch.records[0]?.request.url ?? '');
  assert.deepEqual(
    answers.map(({status}) => status),
    [200, 206],
  );
  assertComplete(await inspector.entries());
});

test('a worker that starts has the route before its first script', async () => {
  const {page, inspector} = inspection;
  await switchTo('auto');
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
  await inspector.entry('realm-closed', ({reason}) => reason === 'stopped');
  await switchTo('emulated');
  // The browser's own refuses a service worker; the engine does not.
  const {seen} = await run('from-service-worker');
  const call = seen.find((each) => each.type === 'worker-call');
  assert.ok(call?.type === 'worker-call');
  assert.equal(call.error, undefined);
  const fetch = await shown(call.id, isDone);
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.phase, 'succeeded');
});

test('it holds for the next DevTools window, from its first line on', async () => {
  const {page, inspector} = inspection;
  await inspector.close();
  const next = await Inspector.open(page);
  inspection = {...inspection, inspector: next};
  await next.showPanel();
  await next.attachment();
  assert.equal(await panelRoute(next), 'emulated');
  // The page's own first script calls fetch().
  const {identifier} = await page.evaluateOnNewDocument(() => {
    void navigator.serviceWorker
      .getRegistration()
      .then((registration) =>
        (
          registration as unknown as {backgroundFetch: BackgroundFetchLike}
        ).backgroundFetch.fetch('first-line', '/resource?id=first-line'),
      );
  });
  await page.reload();
  await page.removeScriptToEvaluateOnNewDocument(identifier);
  const fetch = await shown('first-line', isDone);
  assert.equal(fetch.route, 'emulated');
  assert.equal(fetch.routedBecause, 'setting');
});

test('back on the browser’s own route', async () => {
  await switchTo('auto');
  const {ids} = await run('not-found');
  const fetch = await shown(ids[0] ?? '', isDone);
  assert.equal(fetch.route, 'native');
  assert.equal(fetch.routedBecause, 'default');
  assertComplete(await inspection.inspector.entries());
});
