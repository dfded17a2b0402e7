/** What a download of 2 GB holds in memory, by either route. */
import type {CDPSession, Page} from 'puppeteer-core';
import type {BenchReport, Measure} from '../report.js';
import {measureMemory} from './processes.js';
import {ask, withSite, type Site} from './site.js';

const MEGABYTE = 2 ** 20;
const SIZE = 2_048 * MEGABYTE;
const ROUTES = [
  ['chunks', 'counted chunks'],
  ['auto', 'Blob parts'],
] as const;

export async function benchEngineMemory(): Promise<BenchReport> {
  const measures: Measure[] = [];
  for (const [route, name] of ROUTES) {
    // A browser each: what one route leaves is not the other's.
    measures.push(
      ...(await withSite(async (site) => {
        const page = await site.open('engine');
        await ask(page, `setBodyRoute('${route}')`);
        await ask(page, `download(${64 * MEGABYTE})`);
        return measureDownload(site, page, name);
      })),
    );
  }
  return {name: 'engine-memory', measures};
}

/** The most there was of each, above what there was at the beginning. */
interface Growth {
  page: number;
  worker: number;
  buffers: number;
  all: number;
}

async function measureDownload(
  site: Site,
  page: Page,
  name: string,
): Promise<readonly Measure[]> {
  const sessions = {
    page: await page.createCDPSession(),
    worker: await site.attachWorker(),
  };
  const pid = site.browser.process()?.pid;
  if (pid === undefined) throw new Error('The browser has no process.');
  const sample = async (): Promise<Growth> => ({
    page: (await sessions.page.send('Runtime.getHeapUsage')).usedSize,
    ...(await measureWorker(sessions.worker)),
    all: measureMemory(pid),
  });
  for (const session of Object.values(sessions)) {
    await session.send('HeapProfiler.collectGarbage');
  }
  const before = await sample();
  const growth: Growth = {page: 0, worker: 0, buffers: 0, all: 0};
  const downloading = ask(page, `download(${SIZE})`);
  const over = downloading.then(
    () => true,
    () => true,
  );
  // 2 GB take many seconds.
  const pause = (): Promise<boolean> =>
    new Promise((resolve) => setTimeout(resolve, 100, false));
  while (!(await Promise.race([over, pause()]))) {
    const now = await sample();
    for (const key of ['page', 'worker', 'buffers', 'all'] as const) {
      growth[key] = Math.max(growth[key], now[key] - before[key]);
    }
  }
  const took = await downloading;
  const of = (what: string, bytes: number, limit: number): Measure => ({
    what: `2 GB by ${name}: ${what} grew by`,
    value: bytes / MEGABYTE,
    unit: 'MiB',
    aim: {is: 'at most', value: limit},
  });
  return [
    {what: `2 GB by ${name}`, value: took / 1_000, unit: 's'},
    of('heap of the page', growth.page, 32),
    of('heap of the worker', growth.worker, 32),
    {
      what: `2 GB by ${name}: buffers of the worker, written to or not`,
      value: growth.buffers / MEGABYTE,
      unit: 'MiB',
    },
    of('all processes', growth.all, 256),
  ];
}

async function measureWorker(
  session: CDPSession,
): Promise<Pick<Growth, 'worker' | 'buffers'>> {
  const usage = await session.send('Runtime.getHeapUsage');
  return {worker: usage.usedSize, buffers: usage.backingStorageSize};
}
