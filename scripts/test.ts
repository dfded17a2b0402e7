/**
 * `npm test`: everything. Checks, builds, unit and element tests in Chromium
 * and Firefox, the engine's in WebKit where there is one, tools, the demo in
 * browsers without the API, and the extension in real DevTools. The end names
 * what failed, and the last line says how many passed and failed.
 */
import {readdir} from 'node:fs/promises';
import {findChromium, findFirefox, findWebKit} from './browser.js';
import {check} from './check.js';
import {bin, runCommand} from './run-command.js';
import {judge, type Result} from './test/results.js';
import {runFailedAgain} from './test/run-again.js';
import {runInBrowsers, runInNode} from './test/run-tests.js';
import type {Step, StepOutcome} from './test/step.js';
import {summarize} from './test/summarize.js';

/**
 * The engine's own, without those that start a service worker: WebKitGTK's, if
 * they come and go quickly, stop starting at some moment, for minutes.
 */
const IN_WEBKIT = 'tests/inspector-core/engine/*/*.test.ts';

async function runInWebKit(
  files: readonly string[],
): Promise<readonly Result[]> {
  try {
    findWebKit();
  } catch (error) {
    console.log(`Skipped: ${(error as Error).message}`);
    return [{passed: 0, skipped: 1, failures: []}];
  }
  return runInBrowsers(files, {BROWSERS: 'webkit'});
}

function runScript(name: string): Step {
  return {
    name,
    async run() {
      const code = await runCommand(bin('tsx'), [`scripts/${name}.ts`]);
      return [judge(name, code === 0)];
    },
  };
}

function runFolder(folder: string, name: string): Step {
  return {
    name,
    run: async (files) => runInNode(files ?? (await listTests(folder))),
  };
}

async function listTests(folder: string): Promise<readonly string[]> {
  const names = await readdir(`tests/${folder}`, {recursive: true});
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/${folder}/${name}`);
}

const STEPS: readonly Step[] = [
  {name: 'check', run: check},
  runScript('build'),
  runScript('size'),
  {
    name: 'unit and element tests',
    run: (files = []) => runInBrowsers(files),
  },
  {
    name: 'engine tests in WebKit',
    run: (files = [IN_WEBKIT]) => runInWebKit(files),
  },
  runFolder('tools', 'tools tests'),
  runFolder('reliability', 'reliability tests'),
  runFolder('browsers', 'tests in browsers without the API'),
  runFolder('extension', 'extension tests'),
];

async function runStep(step: Step): Promise<StepOutcome> {
  console.log(`\n── ${step.name}`);
  const from = performance.now();
  const results = await step.run();
  const seconds = Math.round((performance.now() - from) / 1000);
  return {step, results, seconds};
}

// Said at once, rather than after minutes of tests that need none.
findChromium();
findFirefox();

const first: StepOutcome[] = [];
for (const step of STEPS) first.push(await runStep(step));
const {lines, hasFailed} = summarize(await runFailedAgain(first));
console.log('\n── summary');
for (const line of lines) console.log(line);
process.exitCode = hasFailed ? 1 : 0;
