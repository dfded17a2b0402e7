/** `npm run check`: format, lint, types and layers. */
import {fileURLToPath} from 'node:url';
import {checkLayers} from './layers.js';
import {bin, runCommand} from './run-command.js';
import {judge, type Result} from './test/results.js';

const TYPE_PROGRAMS = [
  'tsconfig.json',
  'tsconfig.node.json',
  'demo/service-worker/tsconfig.json',
];

const CHECKS: Readonly<Record<string, () => Promise<boolean>>> = {
  format: async () =>
    (await runCommand(bin('prettier'), ['--check', '.'])) === 0,
  lint: async () => (await runCommand(bin('oxlint'), [])) === 0,
  types: async () => {
    const codes = await Promise.all(
      TYPE_PROGRAMS.map((program) => runCommand(bin('tsc'), ['-p', program])),
    );
    return codes.every((code) => code === 0);
  },
  layers: async () => {
    const root = fileURLToPath(new URL('..', import.meta.url));
    const forbidden = checkLayers(root);
    for (const sentence of forbidden) console.error(sentence);
    return forbidden.length === 0;
  },
};

/** Runs every check, and says how each went. */
export async function check(): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (const [name, run] of Object.entries(CHECKS)) {
    const isGood = await run();
    console.log(`${isGood ? '✔' : '✘'} ${name}`);
    results.push(judge(name, isGood));
  }
  return results;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const results = await check();
  process.exitCode = results.every(({failures}) => failures.length === 0)
    ? 0
    : 1;
}
