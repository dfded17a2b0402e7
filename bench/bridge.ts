/**
 * Entries from a hook in a service worker to the panel's store, in the real
 * extension in real DevTools; and 10,000 events into Chrome's own Background
 * fetch panel beside 10,000 into ours, in the same DevTools.
 */
import {cp, mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {startDemoServer} from '../demo/server/server.js';
import {buildExtension, buildInject, buildInjected} from '../scripts/build.js';
import {launchBrowser} from '../tests/extension/support/browser.js';
import {Inspector} from '../tests/extension/support/inspector.js';
import {measureChromesPanel, measureOurPanel} from './panels.js';
import {quantile, type BenchReport} from './report.js';
import {watchFrames, watchLog} from './watch.js';

const ENTRIES = 1_000_000;
const EVENTS = 10_000;

const at = (path: string): string =>
  fileURLToPath(new URL(`../${path}`, import.meta.url));

export async function benchBridge(): Promise<BenchReport> {
  await buildInject();
  await buildExtension();
  const extension = await mkdtemp(join(tmpdir(), 'bgf-bench-extension-'));
  const server = await startDemoServer({app: at('bench/pages')});
  await cp(at('dist/extension'), extension, {recursive: true});
  await buildInjected('bench/load/worker.ts', join(extension, 'inject'));
  const {browser, close} = await launchBrowser(extension);
  try {
    const page = await browser.newPage();
    await page.goto(`${server.url}/`);
    const inspector = await Inspector.open(page);
    const panel = await inspector.showPanel();
    await inspector.attachment();
    await page.evaluate('measure.register()');

    const frames = await watchFrames(panel);
    const log = await watchLog(inspector.frame);
    await page.evaluate(`measure.generate(${ENTRIES})`);
    const {seconds, taken, lost, doubled} = await log.until(ENTRIES);
    const intervals = await frames.stop();

    const ours = await measureOurPanel(panel, EVENTS);
    const chromes = await measureChromesPanel(inspector.devtools, EVENTS);
    return {
      name: 'bridge',
      measures: [
        {what: 'entries sent', value: ENTRIES, unit: ''},
        {what: 'entries in the store', value: taken, unit: ''},
        {
          what: 'lost',
          value: lost,
          unit: '',
          aim: {is: 'at most', value: 0},
        },
        {
          what: 'doubled',
          value: doubled,
          unit: '',
          aim: {is: 'at most', value: 0},
        },
        {
          what: 'worker hook to store',
          value: ENTRIES / seconds,
          unit: 'entries/s',
          aim: {is: 'at least', value: 150_000},
        },
        {what: 'frame, p50', value: quantile(intervals, 0.5), unit: 'ms'},
        {
          what: 'frame, p99',
          value: quantile(intervals, 0.99),
          unit: 'ms',
          aim: {is: 'at most', value: 33},
        },
        {
          what: `${EVENTS} events into Chrome's panel, until settled`,
          value: chromes,
          unit: 'ms',
        },
        {
          what: `${EVENTS} events into ours, until settled`,
          value: ours,
          unit: 'ms',
        },
        {
          what: "Chrome's to ours",
          value: chromes / ours,
          unit: '×',
          aim: {is: 'at least', value: 50},
        },
      ],
    };
  } finally {
    await close();
    await server.close();
    await rm(extension, {recursive: true, force: true});
  }
}
