/**
 * Unit and element tests, in real browsers: `npm run test:unit`, or
 * `BROWSERS=firefox npx wtr --files 'tests/…'` for some of them.
 */
import {fileURLToPath} from 'node:url';
import {esbuildPlugin} from '@web/dev-server-esbuild';
import {defaultReporter, type TestRunnerConfig} from '@web/test-runner';
import {classicScripts} from './classic-scripts.js';
import {launchBrowsers} from './launch-browsers.js';
import {nodeEnv} from './node-env.js';
import {reportResults} from './report-results.js';
import {resources} from './resources.js';
import {scriptedServer} from './scripted-server.js';

// esbuild reads one file, and follows no `extends`: decorators are told in this one.
const tsconfig = fileURLToPath(
  new URL('../../tsconfig.base.json', import.meta.url),
);

/** The whole configuration of web-test-runner. */
export async function makeConfig(): Promise<TestRunnerConfig> {
  // Where `npm test` wants the results of the run.
  const results = process.env['BGF_TEST_RESULTS'];
  // The conformance tests, of the browser's own API instead of the engine.
  const isNative = process.env['ROUTE'] === 'native';
  // Brings tests that go by chance to where they failed.
  const seed = process.env['BGF_SEED'];
  return {
    files: isNative
      ? ['tests/conformance/**/*.test.ts']
      : [
          'tests/**/*.test.ts',
          '!tests/browsers/**',
          '!tests/extension/**',
          '!tests/reliability/**',
          '!tests/tools/**',
        ],
    testRunnerHtml: (framework) =>
      `<!doctype html>
      <script>
        globalThis.conformanceRoute = '${isNative ? 'native' : 'engine'}';
        globalThis.givenSeed = ${seed === undefined ? undefined : Number(seed)};
      </script>
      <script type="module" src="/tests/support/setup.ts"></script>
      <script type="module" src="${framework}"></script>`,
    nodeResolve: {exportConditions: ['development']},
    hostname: 'localhost',
    middleware: [resources, scriptedServer],
    plugins: [
      classicScripts,
      nodeEnv,
      esbuildPlugin({ts: true, target: 'es2022', tsconfig}),
    ],
    browsers: await launchBrowsers(
      (
        process.env['BROWSERS'] ?? (isNative ? 'chromium' : 'chromium,firefox')
      ).split(','),
    ),
    filterBrowserLogs: ({args}) =>
      !String(args[0]).includes('Lit is in dev mode'),
    reporters: [
      // Bars that redraw themselves, where nothing else is printed beside them.
      defaultReporter({reportTestProgress: results === undefined}),
      ...(results === undefined ? [] : [reportResults(results)]),
    ],
    // Firefox takes more than the usual 30 seconds where all else is busy.
    browserStartTimeout: 120_000,
    // Of one file; the random worlds take minutes on a machine that is busy.
    testsFinishTimeout: Number(process.env['BGF_FILE_TAKES_MS'] ?? 900_000),
    testFramework: {config: {timeout: '20000'}},
  };
}
