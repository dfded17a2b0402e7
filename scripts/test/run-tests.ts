import {randomUUID} from 'node:crypto';
import {readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bin, NODE_TEST, runCommand} from '../run-command.js';
import {readNodeResults} from './node-results.js';
import {judgeRun, type Result} from './results.js';

/** Runs web-test-runner: all of its files, or these. */
export function runInBrowsers(
  label: string,
  files: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<readonly Result[]> {
  const args = files.flatMap((file) => ['--files', file]);
  return runReported(
    (path) =>
      runCommand(bin('wtr'), args, {...env, BGF_TEST_RESULTS: path}, label),
    (text) => JSON.parse(text) as readonly Result[],
  );
}

/** Runs Node's own test runner. */
export function runInNode(
  label: string,
  files: readonly string[],
): Promise<readonly Result[]> {
  return runReported(
    (path) =>
      runCommand(
        process.execPath,
        [
          ...NODE_TEST,
          '--test-reporter-destination=stdout',
          '--test-reporter=./scripts/test/report-node.mjs',
          `--test-reporter-destination=${path}`,
          ...files,
        ],
        {},
        label,
      ),
    (text) => readNodeResults(text, process.cwd()),
  );
}

async function runReported(
  run: (path: string) => Promise<number>,
  read: (text: string) => readonly Result[],
): Promise<readonly Result[]> {
  const path = join(tmpdir(), `bgf-test-${randomUUID()}`);
  const code = await run(path);
  const text = await readFile(path, 'utf8').catch(() => '');
  await rm(path, {force: true});
  return judgeRun(text === '' ? [] : read(text), code);
}
