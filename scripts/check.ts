/** `npm run check`: format, lint, types and layers. */
import {fileURLToPath} from 'node:url';
import {checkLayers} from './layers.js';
import {bin, runCommand} from './run-command.js';

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

/** Runs every check, says how each went, and counts them. */
export async function check(): Promise<{passed: number; failed: number}> {
  let passed = 0;
  let failed = 0;
  for (const [name, run] of Object.entries(CHECKS)) {
    const ok = await run();
    console.log(`${ok ? '✔' : '✘'} ${name}`);
    if (ok) passed += 1;
    else failed += 1;
  }
  return {passed, failed};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const {failed} = await check();
  process.exitCode = failed === 0 ? 0 : 1;
}
