/**
 * What the hooks cost the page that is watched: the same page and worker, with
 * the two scripts and without, by turns in one browser.
 */
import {fileURLToPath} from 'node:url';
import type {Browser, Page} from 'puppeteer-core';
import {startDemoServer} from '../demo/server/server.js';
import {buildInject} from '../scripts/build.js';
import {withChromium} from './browser.js';
import {median, type BenchReport} from './report.js';

const CALLS = 1_000;
const CALL_ROUNDS = 8;
const DOWNLOAD_ROUNDS = 6;
const DOWNLOAD_BYTES = 256 * 2 ** 20;

const at = (path: string): string =>
  fileURLToPath(new URL(`../${path}`, import.meta.url));

interface Subject {
  readonly page: Page;
  readonly get: number[];
  readonly match: number[];
  readonly download: number[];
}

export async function benchHooks(): Promise<BenchReport> {
  await buildInject();
  const app = at('bench/pages');
  const plainServer = await startDemoServer({app});
  const hookedServer = await startDemoServer({
    app,
    injectLibrary: {
      page: at('dist/inject/page.js'),
      worker: at('dist/inject/worker.js'),
    },
  });
  try {
    return await withChromium(async (browser) => {
      const plain = await openSubject(browser, plainServer.url);
      const hooked = await openSubject(browser, hookedServer.url);
      await takeTurns(CALL_ROUNDS, plain, hooked, measureCalls);
      for (const {page} of [plain, hooked])
        await page.evaluate('measure.close()');
      await takeTurns(DOWNLOAD_ROUNDS, plain, hooked, measureDownload);
      return report(plain, hooked);
    });
  } finally {
    await Promise.all([plainServer.close(), hookedServer.close()]);
  }
}

/** ABBA, so that a machine that slows down does so for both. */
async function takeTurns(
  rounds: number,
  plain: Subject,
  hooked: Subject,
  measure: (subject: Subject) => Promise<void>,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const order = round % 2 === 0 ? [plain, hooked] : [hooked, plain];
    for (const subject of order) {
      await subject.page.bringToFront();
      await measure(subject);
    }
  }
}

/** A page with its worker, and one fetch held open for calls to be about. */
async function openSubject(browser: Browser, url: string): Promise<Subject> {
  const page = await browser.newPage();
  await page.goto(`${url}/`);
  await page.evaluate('measure.open()');
  return {page, get: [], match: [], download: []};
}

/** Milliseconds that the page's own code measured (bench/pages/measure.js). */
async function ask({page}: Subject, call: string): Promise<number> {
  return Number(await page.evaluate(`measure.${call}`));
}

async function measureCalls(subject: Subject): Promise<void> {
  subject.get.push(await ask(subject, `get(${CALLS})`));
  subject.match.push(await ask(subject, `match(${CALLS})`));
}

async function measureDownload(subject: Subject): Promise<void> {
  const id = `download-${subject.download.length}`;
  const call = `download('${id}', ${DOWNLOAD_BYTES})`;
  subject.download.push(await ask(subject, call));
}

function report(plain: Subject, hooked: Subject): BenchReport {
  const perCall = (durations: readonly number[]): number =>
    (median(durations) / CALLS) * 1_000;
  const perSecond = (durations: readonly number[]): number =>
    DOWNLOAD_BYTES / 1e6 / (median(durations) / 1_000);
  return {
    name: 'hooks',
    measures: [
      {what: 'get(), plain', value: perCall(plain.get), unit: 'µs'},
      {what: 'get(), hooked', value: perCall(hooked.get), unit: 'µs'},
      {
        what: 'get(), hooked to plain',
        value: median(hooked.get) / median(plain.get),
        unit: '×',
        aim: {is: 'at most', value: 1.5},
      },
      {what: 'match(), plain', value: perCall(plain.match), unit: 'µs'},
      {what: 'match(), hooked', value: perCall(hooked.match), unit: 'µs'},
      {
        what: 'match(), hooked to plain',
        value: median(hooked.match) / median(plain.match),
        unit: '×',
        aim: {is: 'at most', value: 1.5},
      },
      {
        what: '256 MB download, plain',
        value: perSecond(plain.download),
        unit: 'MB/s',
      },
      {
        what: '256 MB download, hooked',
        value: perSecond(hooked.download),
        unit: 'MB/s',
      },
      {
        what: 'download time, hooked to plain',
        value: median(hooked.download) / median(plain.download),
        unit: '×',
        aim: {is: 'at most', value: 1.05},
      },
    ],
  };
}
