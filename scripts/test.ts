/**
 * `npm test`: everything. Checks, builds, unit and element tests in Chromium
 * and Firefox, those of the core in WebKit where there is one, conformance of
 * Chromium's own API and where that is switched off, tools, the demo in browsers
 * without the API, and the extension in real DevTools. The end names
 * what failed, and the last line says how many passed and failed.
 */
import {readdir} from 'node:fs/promises';
import {findChromium, findFirefox, findWebKit, whyMissing} from './browser.js';
import {check} from './check.js';
import {bin, runCommand} from './run-command.js';
import {judge, type Result} from './test/results.js';
import {runFailedAgain} from './test/run-again.js';
import {runInBrowsers, runInNode} from './test/run-tests.js';
import type {Step, StepOutcome} from './test/step.js';
import {summarize} from './test/summarize.js';

/** All but the panel, and what compares with a native API. */
const IN_WEBKIT = [
  'tests/inspector-core/**/*.test.ts',
  'tests/conformance/*.test.ts',
];

/** Where the engine is what brings the interfaces. */
const WITHOUT_API = ['tests/conformance/*.test.ts'];

async function runInWebKit(
  files: readonly string[],
): Promise<readonly Result[]> {
  const missing = whyMissing(findWebKit);
  if (missing === undefined) {
    return runInBrowsers('webkit', files, {BROWSERS: 'webkit'});
  }
  console.log(`webkit │ Skipped: ${missing}`);
  return [{passed: 0, skipped: 1, failures: []}];
}

/** A browser for each file: Chromium's own background fetch ends some of them. */
async function runNatively(
  files: readonly string[],
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const file of files) {
    const env = {ROUTE: 'native', BROWSERS: 'chromium'};
    results.push(...(await runInBrowsers('native', [file], env)));
  }
  return results;
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
    run: async (files) => runInNode(folder, files ?? (await listTests(folder))),
  };
}

async function listTests(folder: string): Promise<readonly string[]> {
  const names = await readdir(`tests/${folder}`, {recursive: true});
  return names
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => `tests/${folder}/${name}`);
}

/** What tests read in `dist/` is complete before they run. */
const FIRST: readonly Step[] = [
  {name: 'check', run: check},
  runScript('build'),
  runScript('size'),
];

/**
 * Side by side, since tests mostly wait: for browsers that start, for Chromium's
 * 20 seconds until it asks again, for downloads that are slow on purpose. The
 * steps of a lane run one after the other.
 */
const LANES: readonly (readonly Step[])[] = [
  [
    {
      name: 'unit and element tests',
      run: (files = []) => runInBrowsers('unit', files),
    },
  ],
  [
    runFolder('extension', 'extension tests'),
    {
      name: "conformance of Chromium's own",
      run: async (files) =>
        runNatively(files ?? (await listTests('conformance'))),
    },
  ],
  [
    {
      name: 'unit tests in WebKit',
      run: (files = IN_WEBKIT) => runInWebKit(files),
    },
    runFolder('reliability', 'reliability tests'),
    runFolder('tools', 'tools tests'),
    runFolder('browsers', 'tests in browsers without the API'),
    {
      name: 'conformance in Chromium without the API',
      run: (files = WITHOUT_API) =>
        runInBrowsers('without', files, {BROWSERS: 'chromium-without-api'}),
    },
  ],
];

async function runStep(step: Step): Promise<StepOutcome> {
  console.log(`── ${step.name}`);
  const from = performance.now();
  const results = await step.run();
  const seconds = Math.round((performance.now() - from) / 1000);
  return {step, results, seconds};
}

async function runLane(
  steps: readonly Step[],
): Promise<readonly StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const step of steps) outcomes.push(await runStep(step));
  return outcomes;
}

// Said, or installed, at once, rather than after minutes of tests that need none.
findChromium();
findFirefox();
whyMissing(findWebKit);

const first = await runLane(FIRST);
const rest = await Promise.all(LANES.map(runLane));
const outcomes = await runFailedAgain([...first, ...rest.flat()]);
const {lines, hasFailed} = summarize(outcomes);
console.log('\n── summary');
for (const line of lines) console.log(line);
process.exitCode = hasFailed ? 1 : 0;
