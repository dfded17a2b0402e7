/**
 * The demo in browsers that have no Background Fetch, with the library's two
 * script tags and nothing else: what the app saw is held against what the
 * server saw, and against the panel in another window.
 */
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {after, before, describe, test} from 'node:test';
import {fileURLToPath} from 'node:url';
import type {RecordReport, WorkerEventReport} from '../../demo/app/messages.js';
import type {SituationRun} from '../../demo/app/situations/run.js';
import {startDemoServer, type DemoServer} from '../../demo/server/server.js';
import type {RequestLogEntry} from '../../demo/server/request-log.js';
import {whyMissing} from '../../scripts/browser.js';
import {eventually} from '../extension/support/eventually.js';
import {assertComplete} from '../extension/support/sequences.js';
import {
  BROWSERS_WITHOUT_API,
  type BrowserKind,
  type DrivenBrowser,
  type Tab,
} from './support/driven-browser.js';
import {SITUATIONS, type Expected} from './support/situations.js';
import {endedFetch, filter, readEntries, shownFetch} from './support/panel.js';

const inject = (name: string): string =>
  fileURLToPath(new URL(`../../dist/inject/${name}`, import.meta.url));

/** What the situation "upload" sends. */
const VOICE_MESSAGE = new Blob([new Uint8Array(2_000_000).fill(7)], {
  type: 'audio/wav',
});

const sha256 = (bytes: ArrayBuffer): string =>
  createHash('sha256').update(new Uint8Array(bytes)).digest('hex');

type Answer = Required<Pick<RecordReport, 'status' | 'bytes' | 'sha256'>>;

/** Asks as the app did, past the browser: the bytes that it should have got. */
async function askServer(url: string, method: string): Promise<Answer> {
  const response = await fetch(url, {
    method,
    ...(method === 'POST' && {body: VOICE_MESSAGE}),
  });
  const body = await response.arrayBuffer();
  return {
    status: response.status,
    bytes: body.byteLength,
    sha256: sha256(body),
  };
}

const headerOf = (
  headers: RequestLogEntry['requestHeaders'],
  wanted: string,
): string | undefined =>
  headers.find(([name]) => name.toLowerCase() === wanted)?.[1];

for (const [name, {find, start}] of Object.entries(BROWSERS_WITHOUT_API)) {
  const missing = whyMissing(find);
  if (missing === undefined) {
    describe(`the demo in ${name}`, () => defineTests(name, start));
  } else {
    test(`the demo in ${name}`, {skip: missing});
  }
}

function defineTests(name: string, start: BrowserKind['start']): void {
  let server: DemoServer;
  let browser: DrivenBrowser | undefined;
  let app: Tab;
  let panel: Tab;

  before(async () => {
    server = await startDemoServer({
      injectLibrary: {page: inject('page.js'), worker: inject('worker.js')},
    });
    browser = await start();
    app = await browser.open(server.url);
    await app.run('await demo.ready;');
    panel = await browser.open(`${server.url}/panel/`);
  });

  after(async () => {
    await browser?.close();
    await server.close();
  });

  const requestsFor = (url: string): readonly RequestLogEntry[] =>
    server.requests.entries.filter(
      (each) => new URL(each.url, `http://${each.host}`).href === url,
    );

  /** Holds one fetch's accounts against each other; gives its requests. */
  async function compare(
    id: string,
    {ends}: SituationRun,
    expected: Expected,
  ): Promise<readonly RequestLogEntry[]> {
    const {worker, final} =
      ends.find((end) => end.worker.id === id) ?? assert.fail();
    assert.equal(worker.failureReason || worker.result, expected.outcome);
    assert.equal(worker.event, expected.event);
    assert.equal(final.failureReason || final.result, expected.outcome);

    const served = await eventually(
      () => Promise.resolve(worker.records.map(({url}) => requestsFor(url))),
      (all) => all.flat().every(({ending}) => ending !== 'pending'),
      {what: 'the end of its requests'},
    );
    const endings = served.map((requests) =>
      requests.map(({status, ending}) => `${status} ${ending}`),
    );
    assert.deepEqual(endings, expected.served ?? endings);
    const requests = served.flat();

    const shown = await endedFetch(panel, id);
    assert.equal(shown.route, 'emulated');
    assert.equal(shown.routedBecause, 'no-native');
    assert.equal(shown.phase, expected.phase);
    assert.equal(shown.failureReason ?? 'success', expected.outcome);
    assert.deepEqual(
      shown.events.map((event) => event.name),
      [expected.event],
    );
    assert.deepEqual(
      shown.records.map(({request}) => request.url),
      worker.records.map(({url}) => url),
    );
    for (const seen of [worker, shown]) {
      assert.equal(seen.downloaded, final.downloaded);
      assert.equal(seen.uploaded, final.uploaded);
    }
    const line = await shownFetch(panel, id);
    assert.equal(line.badge, 'emulated');
    assert.match(line.received, expected.received);

    if (expected.outcome === 'aborted') return requests;
    for (const [index, record] of worker.records.entries()) {
      const {url, method, error, ...read} = record;
      if (error !== undefined) continue;
      assert.deepEqual(read, await askServer(url, method), url);
      assert.equal(shown.records[index]?.response?.status, read.status);
    }
    const bytes = worker.records.map((record) => record.bytes ?? 0);
    assert.equal(
      final.downloaded,
      bytes.reduce((sum, each) => sum + each, 0),
    );
    return requests;
  }

  test('the API comes with two script tags, and the panel finds both realms', async () => {
    assert.equal(await app.run('return demo.isAvailable;'), true);
    const entries = await eventually(
      () => readEntries(panel),
      (all) =>
        ['page', 'service-worker'].every((kind) =>
          all.some(
            ({source, fact}) =>
              source.kind === kind &&
              fact.type === 'realm-opened' &&
              fact.backgroundFetch &&
              fact.timing === 'before-scripts',
          ),
        ),
      {what: 'the page and its worker'},
    );
    assertComplete(entries);
  });

  for (const [situation, fetches] of Object.entries(SITUATIONS)) {
    test(`app, server and panel agree: ${situation}`, async () => {
      const run = (await app.run(
        'return demo.run(arguments[0]);',
        situation,
      )) as SituationRun;
      assert.equal(run.ids.length, fetches.length);
      const requests: RequestLogEntry[] = [];
      for (const [index, expected] of fetches.entries()) {
        requests.push(...(await compare(run.ids[index] ?? '', run, expected)));
      }
      if (situation === 'dropped') assertResumed(requests, 4_000_000);
      if (situation === 'upload') {
        assert.equal(requests[0]?.bytesReceived, VOICE_MESSAGE.size);
        assert.equal(run.ends[0]?.final.uploaded, VOICE_MESSAGE.size);
      }
    });
  }

  test('an episode is kept, byte for byte', async () => {
    const state = `document.querySelector('[data-episode="harbour-lights"]')`;
    await app.run(`${state}.querySelector('.download button').click();`);
    await eventually(
      () => app.run(`return ${state}.dataset.state;`),
      (value) => value === 'stored',
      {what: 'the episode'},
    );
    const audio = '/episodes/harbour-lights.wav';
    const kept = (await app.run(
      `const kept = await (await caches.open('episodes')).match(arguments[0]);
      const body = await kept.arrayBuffer();
      const hash = await crypto.subtle.digest('SHA-256', body);
      return {
        status: kept.status,
        bytes: body.byteLength,
        sha256: [...new Uint8Array(hash)]
          .map((byte) => byte.toString(16).padStart(2, '0')).join(''),
      };`,
      audio,
    )) as Answer;
    assert.deepEqual(kept, await askServer(server.url + audio, 'GET'));
    const shown = await endedFetch(panel, 'episode.harbour-lights');
    assert.equal(shown.route, 'emulated');
    assert.equal(shown.phase, 'succeeded');
    const told = (await app.run(
      `return demo.seen.find(({type, id}) =>
        type === 'worker-event' && id === arguments[0]);`,
      shown.id,
    )) as WorkerEventReport;
    assert.equal(told.records[0]?.bytes, kept.bytes);
    assert.equal(
      told.records.reduce((sum, {bytes = 0}) => sum + bytes, 0),
      shown.downloaded,
    );
    await app.picture(`${name}-demo`);
    await filter(panel, '');
    await panel.picture(`${name}-panel`);
  });

  test('nothing that the panel was told is lost or unreadable', async () => {
    const entries = await readEntries(panel);
    assertComplete(entries);
    assert.deepEqual(
      entries.filter(({fact}) => fact.type === 'hook-faulted'),
      [],
    );
  });
}

/** The second request asked for what the first one's answer had left over. */
function assertResumed(
  [first, second]: readonly RequestLogEntry[],
  size: number,
): void {
  const range = headerOf(second?.requestHeaders ?? [], 'range');
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1]);
  assert.ok(from > 0 && from <= (first?.bytesSent ?? 0), `Range: ${range}`);
  assert.equal(second?.bytesSent, size - from);
  assert.equal(
    headerOf(second.requestHeaders, 'if-range'),
    headerOf(first?.responseHeaders ?? [], 'etag'),
  );
}
