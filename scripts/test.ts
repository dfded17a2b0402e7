/**
 * `npm test`: everything. Checks, builds, unit and element tests in Chromium
 * and Firefox, the engine's in WebKit where there is one, tools, the demo in
 * browsers without the API, and the extension in real DevTools. The last line
 * says how many passed and failed.
 */
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findChromium, findFirefox, findWebKit} from './browser.js';
import {check} from './check.js';
import {bin, runCommand} from './run-command.js';

interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped?: number;
}

const scratch = await mkdtemp(join(tmpdir(), 'bgf-test-'));

/** What a run's reporter left; a run that left nothing has failed. */
async function readTotals(path: string, code: number): Promise<Totals> {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text === '') return {passed: 0, failed: 1};
  const totals = JSON.parse(text) as Totals;
  const brokeOff = code !== 0 && totals.failed === 0;
  return brokeOff ? {...totals, failed: 1} : totals;
}

async function runStep(command: string, args: string[]): Promise<Totals> {
  const code = await runCommand(command, args);
  return code === 0 ? {passed: 1, failed: 0} : {passed: 0, failed: 1};
}

async function runUnitTests(): Promise<Totals> {
  const path = join(scratch, 'unit.json');
  const code = await runCommand(bin('wtr'), [], {BGF_TEST_COUNTS: path});
  return readTotals(path, code);
}

/**
 * The engine's own, without those that start a service worker: WebKitGTK's, if
 * they come and go quickly, stop starting at some moment, for minutes.
 */
const IN_WEBKIT = 'tests/inspector-core/engine/*/*.test.ts';

async function runWebKitTests(): Promise<Totals> {
  try {
    findWebKit();
  } catch (error) {
    console.log(`Skipped: ${(error as Error).message}`);
    return {passed: 0, failed: 0, skipped: 1};
  }
  const path = join(scratch, 'webkit.json');
  const code = await runCommand(bin('wtr'), ['--files', IN_WEBKIT], {
    BROWSERS: 'webkit',
    BGF_TEST_COUNTS: path,
  });
  return readTotals(path, code);
}

async function runNodeTests(folder: string): Promise<Totals> {
  const path = join(scratch, `${folder}.json`);
  const names = await readdir(`tests/${folder}`, {recursive: true});
  const files = names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/${folder}/${name}`);
  const code = await runCommand(process.execPath, [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=1',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/count-node.mjs',
    `--test-reporter-destination=${path}`,
    ...files,
  ]);
  return readTotals(path, code);
}

const STEPS: Readonly<Record<string, () => Promise<Totals>>> = {
  check,
  build: () => runStep(bin('tsx'), ['scripts/build.ts']),
  size: () => runStep(bin('tsx'), ['scripts/size.ts']),
  'unit and element tests': runUnitTests,
  'engine tests in WebKit': runWebKitTests,
  'tools tests': () => runNodeTests('tools'),
  'reliability tests': () => runNodeTests('reliability'),
  'tests in browsers without the API': () => runNodeTests('browsers'),
  'extension tests': () => runNodeTests('extension'),
};

// Said at once, rather than after minutes of tests that need none.
findChromium();
findFirefox();

const results: (readonly [string, Totals])[] = [];
for (const [name, run] of Object.entries(STEPS)) {
  console.log(`\n── ${name}`);
  results.push([name, await run()]);
}
await rm(scratch, {recursive: true, force: true});

console.log('\n── summary');
const sum = {passed: 0, failed: 0};
for (const [name, {passed, failed, skipped = 0}] of results) {
  const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
  console.log(`${name}: ${passed} passed, ${failed} failed${rest}`);
  sum.passed += passed;
  sum.failed += failed;
}
process.exitCode = sum.failed === 0 ? 0 : 1;
console.log(`${sum.passed} passed, ${sum.failed} failed`);
