/** 1,000 records in one fetch, and 10,000 fetches one after the other. */
import type {CDPSession, Page} from 'puppeteer-core';
import type {BenchReport, Measure} from '../report.js';
import {ask, withSite, type Site} from './site.js';

const MEGABYTE = 2 ** 20;
const RECORDS = [100, 250, 500, 1_000];
const FETCHES = 10_000;
const STEP = 1_000;

export async function benchEngineMany(): Promise<BenchReport> {
  return withSite(async (site) => {
    const page = await site.open('engine');
    await ask(page, 'records(100, 10240)');
    const measures = [
      ...(await measureRecords(page)),
      ...(await measureFetches(site, page)),
    ];
    return {name: 'engine-many', measures};
  });
}

async function measureRecords(page: Page): Promise<readonly Measure[]> {
  const each: number[] = [];
  const measures: Measure[] = [];
  for (const count of RECORDS) {
    const took = await ask(page, `records(${count}, 10240)`);
    each.push(took / count);
    const what = `${count} records of 10 KiB in one fetch, each`;
    measures.push({what, value: took / count, unit: 'ms'});
  }
  return [...measures, flatness('time per record, last to first', each)];
}

async function measureFetches(
  site: Site,
  page: Page,
): Promise<readonly Measure[]> {
  const heaps = [
    ['page', await page.createCDPSession()],
    ['worker', await site.attachWorker()],
  ] as const;
  const each: number[] = [];
  const measures: Measure[] = [];
  const sizes = (): Promise<readonly number[]> =>
    Promise.all(heaps.map(([, heap]) => sizeOf(heap)));
  let before: readonly number[] = [];
  for (let done = 0; done < FETCHES; done += STEP) {
    const took = await ask(page, `oneByOne(${STEP}, 1024)`);
    each.push(took / STEP);
    const what = `fetches ${done + 1} to ${done + STEP}, each`;
    measures.push({what, value: took / STEP, unit: 'ms'});
    // In the first ones the browser compiles, and fills its caches.
    if (done === 0) before = await sizes();
  }
  // The event of the last one is over a little after the page hears of it.
  await page
    .waitForFunction('measure.stored().then((count) => count === 0)', {
      polling: 200,
      timeout: 10_000,
    })
    .catch(() => {});
  return [
    ...measures,
    flatness('time per fetch, last to first thousand', each),
    {
      what: 'rows and caches left',
      value: await ask(page, 'stored()'),
      unit: '',
      aim: {is: 'at most', value: 0},
    },
    ...(await sizes()).map((size, index): Measure => ({
      what: `heap of the ${heaps[index]?.[0]} grew after the first thousand by`,
      value: size - (before[index] ?? 0),
      unit: 'MiB',
      aim: {is: 'at most', value: 2},
    })),
  ];
}

/** Of scripts and of what the browser holds for them, in MiB, without garbage. */
async function sizeOf(heap: CDPSession): Promise<number> {
  await heap.send('HeapProfiler.collectGarbage');
  const usage = await heap.send('Runtime.getHeapUsage');
  return (usage.usedSize + usage.embedderHeapUsedSize) / MEGABYTE;
}

function flatness(what: string, each: readonly number[]): Measure {
  const value = (each.at(-1) ?? Number.NaN) / (each[0] ?? Number.NaN);
  return {what, value, unit: '×', aim: {is: 'at most', value: 1.25}};
}
