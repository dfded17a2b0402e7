/**
 * How exactly the conditions throttle, beside Chrome's own throttle on plain
 * `fetch()` in the same browser; and what they cost where they change nothing.
 */
import type {Page} from 'puppeteer-core';
import type {Flow} from './engine/flow.js';
import {ask, withSite} from './engine/site.js';
import {median, takeTurns, type BenchReport, type Measure} from './report.js';

export interface ThrottleOptions {
  /** How long each rate is measured. */
  readonly seconds: number;
  /** Bytes per second; "none" is the cost of no throttling. */
  readonly rates: readonly string[] | undefined;
}

const ALL = ['50000', '180000', '1000000', '10000000', '100000000', 'none'];
const LATENCY_MS = 100;
const MEGABYTE = 2 ** 20;

export async function benchThrottle({
  seconds,
  rates = ALL,
}: ThrottleOptions): Promise<BenchReport> {
  return withSite(async (site) => {
    const page = await site.open('engine');
    // Code that runs for the first time is late by milliseconds.
    await flowShaped('flow')(page, {rate: 1e7, count: 4, ms: 500});
    const measures: Measure[] = [];
    for (const rate of rates) {
      if (rate === 'none') {
        measures.push(...(await measureCost(page)));
        continue;
      }
      for (const count of [1, 4]) {
        const setting = {rate: Number(rate), count, ms: seconds * 1_000};
        for (const side of SIDES) {
          const flow = await side.measure(page, setting);
          measures.push(...describeFlow(side, setting, flow));
        }
      }
    }
    return {name: 'throttle', measures};
  });
}

interface Setting {
  readonly rate: number;
  /** Records at a time. */
  readonly count: number;
  readonly ms: number;
}

/** One way to throttle. */
interface Side {
  /** Before the names of its measures. */
  readonly name: string;
  readonly isOurs: boolean;
  /** Whether a response is asked for as its request goes out. */
  readonly tellsLatency: boolean;
  readonly measure: (page: Page, setting: Setting) => Promise<Flow>;
}

const flowShaped =
  (type: string) =>
  (page: Page, {rate, count, ms}: Setting): Promise<Flow> =>
    ask(page, `shapedFlow('${type}', ${count}, ${ms}, ${rate}, ${LATENCY_MS})`);

async function flowOfChrome(
  page: Page,
  {rate, count, ms}: Setting,
): Promise<Flow> {
  const session = await page.createCDPSession();
  try {
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LATENCY_MS,
      downloadThroughput: rate,
      uploadThroughput: -1,
    });
    return await ask(page, `flow(${count}, ${ms})`);
  } finally {
    await session.detach();
  }
}

const SIDES: readonly Side[] = [
  {name: '', isOurs: true, tellsLatency: true, measure: flowShaped('flow')},
  {
    name: 'through the engine, ',
    isOurs: true,
    tellsLatency: false,
    measure: flowShaped('engine-flow'),
  },
  {name: 'Chrome’s ', isOurs: false, tellsLatency: true, measure: flowOfChrome},
];

function describeFlow(
  {name, isOurs, tellsLatency}: Side,
  {rate, count}: Setting,
  flow: Flow,
): readonly Measure[] {
  const setting = `${rate / 1e3} kB/s, ${count === 1 ? 'one record' : `${count} records`}`;
  const late = Math.max(
    ...flow.firstBytes.map((ms) => Math.abs(ms - LATENCY_MS)),
  );
  const of = (
    what: string,
    value: number,
    unit: string,
    most: number,
  ): Measure => ({
    what: `${setting}: ${name}${what}`,
    value,
    unit,
    ...(isOurs ? {aim: {is: 'at most', value: most}} : {}),
  });
  return [
    of('mean rate is off by', Math.abs(flow.rate / rate - 1) * 100, '%', 0.2),
    of('variation over 100 ms', flow.variation, '', 0.15),
    ...(tellsLatency
      ? [of('first byte is off the latency by', late, 'ms', 5)]
      : []),
  ];
}

/** What it costs the engine that its network could be throttled, and is not. */
async function measureCost(page: Page): Promise<readonly Measure[]> {
  const size = 256 * MEGABYTE;
  await ask(page, "setBodyRoute('chunks')");
  const downloadBehind = (isShaped: boolean) => async (): Promise<number> => {
    await ask(page, `setShaped(${isShaped})`);
    return ask(page, `downloadUnseen(${size})`);
  };
  await downloadBehind(true)();
  const [plain = [], shaped = []] = await takeTurns(
    [downloadBehind(false), downloadBehind(true)],
    15,
  );
  return [
    {
      what: 'no throttling: time of a download, behind the conditions to without',
      value: median(shaped) / median(plain),
      unit: '×',
      aim: {is: 'at most', value: 1.03},
    },
  ];
}
