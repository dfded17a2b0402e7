/**
 * The engine beside the browser's own Background Fetch and plain `fetch()`, by
 * turns in one browser.
 */
import type {Page} from 'puppeteer-core';
import {median, takeTurns, type BenchReport, type Measure} from '../report.js';
import {ask, withSite, type Site} from './site.js';

const MEGABYTE = 2 ** 20;

interface Sizes {
  readonly size: number;
  readonly chunksAim: number;
  readonly blobsAim: number;
}

const SIZES: readonly Sizes[] = [
  {size: 64 * MEGABYTE, chunksAim: 0.8, blobsAim: 1.3},
  {size: 512 * MEGABYTE, chunksAim: 1.3, blobsAim: 2},
];

export async function benchEngine(): Promise<BenchReport> {
  return withSite(async (site) => {
    const engine = await site.open('engine');
    const native = await site.open('native');
    // The browser's first background fetch begins some four seconds late; and
    // each engine's first one opens databases.
    await ask(native, `download(${MEGABYTE})`);
    await ask(engine, `download(${MEGABYTE})`);
    // First: behind large files, for a while, small ones wait for the disk.
    const measures: Measure[] = [...(await compareSmallRecords(engine))];
    for (const sizes of SIZES) {
      measures.push(...(await compareSpeed(engine, native, sizes)));
    }
    measures.push(
      ...(await measureProgress(engine)),
      ...(await measureObserver(engine)),
      ...(await measurePause(site, engine)),
    );
    return {name: 'engine', measures};
  });
}

async function compareSpeed(
  engine: Page,
  native: Page,
  {size, chunksAim, blobsAim}: Sizes,
): Promise<readonly Measure[]> {
  const call = `download(${size})`;
  const byRoute = (route: string) => async (): Promise<number> => {
    await ask(engine, `setBodyRoute('${route}')`);
    return ask(engine, call);
  };
  const [plain = [], browser = [], chunks = [], blobs = []] = await takeTurns([
    () => ask(engine, `read(${size})`),
    () => ask(native, call),
    byRoute('chunks'),
    byRoute('auto'),
  ]);
  const name = `${size / MEGABYTE} MiB`;
  const speed = (durations: readonly number[]): number =>
    size / MEGABYTE / (median(durations) / 1_000);
  const ratio = (durations: readonly number[]): number =>
    median(browser) / median(durations);
  return [
    {what: `${name}, fetch() and dropped`, value: speed(plain), unit: 'MiB/s'},
    {what: `${name}, native`, value: speed(browser), unit: 'MiB/s'},
    {what: `${name}, counted chunks`, value: speed(chunks), unit: 'MiB/s'},
    {
      what: `${name}, counted chunks to native`,
      value: ratio(chunks),
      unit: '×',
      aim: {is: 'at least', value: chunksAim},
    },
    {what: `${name}, Blob parts`, value: speed(blobs), unit: 'MiB/s'},
    {
      what: `${name}, Blob parts to native`,
      value: ratio(blobs),
      unit: '×',
      aim: {is: 'at least', value: blobsAim},
    },
  ];
}

async function compareSmallRecords(page: Page): Promise<readonly Measure[]> {
  const [plain = [], records = []] = await takeTurns([
    () => ask(page, 'plain(100, 10240)'),
    () => ask(page, 'records(100, 10240)'),
  ]);
  return [
    {what: '100 × 10 KiB, fetch()', value: median(plain), unit: 'ms'},
    {what: '100 × 10 KiB, one fetch', value: median(records), unit: 'ms'},
    {
      what: '100 × 10 KiB, to fetch()',
      value: median(records) / median(plain),
      unit: '×',
      aim: {is: 'at most', value: 2},
    },
  ];
}

/** What it costs that a page listens, and not nobody. */
async function measureProgress(page: Page): Promise<readonly Measure[]> {
  const size = 256 * MEGABYTE;
  await ask(page, "setBodyRoute('chunks')");
  const rates: number[] = [];
  const [unseen = [], seen = []] = await takeTurns(
    [
      () => ask(page, `downloadUnseen(${size})`),
      async () => {
        const {took, events} = await ask<{took: number; events: number}>(
          page,
          `downloadSeen(${size})`,
        );
        rates.push(events / (took / 1_000));
        return took;
      },
    ],
    11,
  );
  return [
    {
      what: 'progress events',
      value: median(rates),
      unit: '/s',
      aim: {is: 'at least', value: 15},
    },
    {
      what: 'time of a download, watched to unseen',
      value: median(seen) / median(unseen),
      unit: '×',
      aim: {is: 'at most', value: 1.03},
    },
  ];
}

/** What it costs that the log has each attempt, and its bytes. */
async function measureObserver(page: Page): Promise<readonly Measure[]> {
  await ask(page, "setBodyRoute('chunks')");
  const observed =
    (isObserved: boolean, call: string) => async (): Promise<number> => {
      await ask(page, `observe(${isObserved})`);
      return ask(page, call);
    };
  const measures: Measure[] = [];
  for (const [name, call] of [
    ['512 MiB', `downloadUnseen(${512 * MEGABYTE})`],
    ['100 × 10 KiB', 'records(100, 10240)'],
  ] as const) {
    const [plain = [], told = []] = await takeTurns([
      observed(false, call),
      observed(true, call),
    ]);
    measures.push({
      what: `${name}, attempts told to the log, to untold`,
      value: median(told) / median(plain),
      unit: '×',
      aim: {is: 'at most', value: 1.01},
    });
  }
  await ask(page, 'observe(false)');
  return measures;
}

async function measurePause(
  {server}: Site,
  page: Page,
): Promise<readonly Measure[]> {
  const delays: number[] = [];
  for (let round = 0; round < 10; round += 1) {
    const {url, at} = await ask<{url: string; at: number}>(page, 'pause()');
    delays.push((await server.whenCut(url)) - at);
  }
  return [
    {
      what: 'pause() to the socket closed, median of 10',
      value: median(delays),
      unit: 'ms',
      aim: {is: 'at most', value: 10},
    },
    {what: 'the same, worst', value: Math.max(...delays), unit: 'ms'},
  ];
}
