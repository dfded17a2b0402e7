/** The demo in a real browser: what it saw is held against the server's log. */
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import {startDemoServer, type DemoServer} from '../../demo/server/server.js';
import type {Demo} from '../../demo/app/app.js';
import type {SituationRun} from '../../demo/app/situations/run.js';
import {
  chromiumArgs,
  findChromium,
  findFirefox,
  prepareProfile,
} from '../../scripts/browser.js';

let server: DemoServer;
let browser: Browser;
let page: Page;
let profile: string;

before(async () => {
  server = await startDemoServer();
  profile = await mkdtemp(join(tmpdir(), 'bgf-demo-app-test-'));
  await prepareProfile(profile);
  browser = await puppeteer.launch({
    executablePath: findChromium(),
    headless: true,
    pipe: true,
    userDataDir: profile,
    args: chromiumArgs({headless: true, loopbackOnly: true}),
  });
  page = await browser.newPage();
  await page.goto(server.url);
  await page.waitForSelector('body[data-state="ready"]');
});

after(async () => {
  await browser.close();
  await server.close();
  await rm(profile, {recursive: true, force: true, maxRetries: 5});
});

async function run(name: string): Promise<SituationRun> {
  const demo = await page.evaluateHandle(
    () => (window as unknown as {demo: Demo}).demo,
  );
  return demo.evaluate((demo, name) => demo.run(name), name);
}

/** "reason or result" of each fetch, in the order in which they ended. */
function outcomes({ends}: SituationRun): readonly string[] {
  return ends.map(({worker}) => worker.failureReason || worker.result);
}

function errors({seen}: SituationRun): readonly string[] {
  return seen.flatMap((entry) =>
    'error' in entry && entry.error !== undefined ? [entry.error.name] : [],
  );
}

interface Expectation {
  readonly outcomes?: readonly string[];
  readonly errors?: readonly string[];
  /** "status bytes ending" of each request that the server saw, sorted. */
  readonly requests?: readonly string[];
}

const file = '200 300000 finished';

// What takes the browser 20 s or more is left to those who press the button.
const expectations: Readonly<Record<string, Expectation>> = {
  'two-at-once': {
    outcomes: ['success', 'success'],
    requests: Array<string>(2).fill('200 600000 finished'),
  },
  'six-at-once': {
    outcomes: Array<string>(5).fill('success'),
    errors: ['TypeError'],
    requests: Array<string>(5).fill('200 600000 finished'),
  },
  dropped: {
    outcomes: ['success'],
    requests: ['200 2000000 dropped', '206 2000000 finished'],
  },
  'changed-meanwhile': {
    outcomes: ['success'],
    requests: ['200 2000000 dropped', '200 4000000 finished'],
  },
  'not-found': {outcomes: ['bad-status'], requests: ['404 22 finished']},
  'partly-missing': {
    outcomes: ['bad-status'],
    requests: [file, '404 22 finished'],
  },
  redirect: {outcomes: ['success'], requests: [file, '302 0 finished']},
  'cross-origin': {outcomes: ['success'], requests: [file]},
  'cross-origin-refused': {outcomes: ['fetch-error'], requests: [file]},
  'duplicate-id': {
    outcomes: ['success'],
    errors: ['TypeError'],
    requests: ['200 600000 finished'],
  },
  'no-cors': {errors: ['TypeError']},
  'empty-list': {errors: ['TypeError']},
  'match-while-active': {
    outcomes: ['success'],
    requests: ['200 1000000 finished', '200 200000 finished'],
  },
  'get-and-get-ids': {
    outcomes: ['success'],
    requests: ['200 600000 finished'],
  },
  'update-ui': {outcomes: ['success'], requests: [file]},
  'update-ui-twice': {outcomes: ['success'], requests: [file]},
  'handler-throws': {outcomes: ['success'], requests: [file]},
  'wait-until-rejects': {outcomes: ['success'], requests: [file]},
  'long-wait-until': {outcomes: ['success'], requests: [file]},
  'from-dedicated-worker': {},
};

for (const [name, expected] of Object.entries(expectations)) {
  test(`makes the situation "${name}"`, async () => {
    server.requests.clear();
    const result = await run(name);
    assert.deepEqual(outcomes(result), expected.outcomes ?? []);
    assert.deepEqual(errors(result), expected.errors ?? []);
    const requests = server.requests.entries
      .filter(({url}) => /^\/(resource|redirect)\?/.test(url))
      .map(({status, bytesSent, ending}) => `${status} ${bytesSent} ${ending}`);
    assert.deepEqual(requests.toSorted(), expected.requests ?? []);
  });
}

test('reads twenty records as the server sent them', async () => {
  server.requests.clear();
  const {ends} = await run('many-records');
  const [end] = ends;
  const read = (end?.worker.records ?? []).map(
    ({url, status, bytes}) => `${new URL(url).search} ${status} ${bytes}`,
  );
  const sent = server.requests
    .of('/resource')
    .map(
      ({url, status, bytesSent}) =>
        `${url.slice('/resource'.length)} ${status} ${bytesSent}`,
    );
  assert.equal(read.length, 20);
  assert.deepEqual(read.toSorted(), sent.toSorted());
});

test('uploads what the server received', async () => {
  server.requests.clear();
  const {ends} = await run('upload');
  assert.equal(ends[0]?.worker.uploaded, 2_000_000);
  const [entry, ...more] = server.requests.of('/upload');
  assert.equal(entry?.bytesReceived, 2_000_000);
  assert.equal(entry.bytesSent, ends[0].worker.records[0]?.bytes);
  assert.deepEqual(more, []);
});

test('aborts a download, which the server sees', async () => {
  server.requests.clear();
  const result = await run('abort');
  assert.deepEqual(outcomes(result), ['aborted']);
  assert.equal(result.ends[0]?.worker.event, 'backgroundfetchabort');
  const [entry] = server.requests.of('/resource');
  assert.equal(entry?.ending, 'aborted');
});

test('keeps an episode, and plays it without a server', async () => {
  const card = '[data-episode="harbour-lights"]';
  await page.click(`${card} .download button`);
  await page.waitForSelector(`${card}[data-state="stored"]`);
  const {url} = server;
  await server.close();
  try {
    await page.reload();
    await page.waitForSelector(`${card}[data-state="stored"]`);
    await page.click(`${card} .cover`);
    const player = await page.waitForSelector('audio');
    const duration = await player?.evaluate(async (audio) => {
      while (audio.readyState < HTMLMediaElement.HAVE_METADATA) {
        if (audio.error !== null) return audio.error.message;
        await new Promise((resolve) => requestAnimationFrame(resolve));
      }
      return audio.duration;
    });
    assert.equal(duration, 46);
  } finally {
    server = await startDemoServer({port: Number(new URL(url).port)});
  }
});

test('says so where the API is missing, and still plays', async () => {
  const firefox = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    headless: true,
    extraPrefsFirefox: {'network.dns.disabled': true},
  });
  try {
    const other = await firefox.newPage();
    await other.goto(server.url);
    await other.waitForSelector('body[data-state="unsupported"]');
    await other.waitForSelector('.unsupported');
    assert.equal((await other.$$('[data-episode]')).length, 6);
    assert.equal(
      (await other.$$('.situations button:not(:disabled)')).length,
      0,
    );
  } finally {
    await firefox.close();
  }
});
