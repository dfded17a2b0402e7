/**
 * `npm run reliability [-- <stops> <SIGKILLs> <seed>]`: the long form of the
 * tests that kill workers and browsers while they download.
 */
import {runCommand} from './run-command.js';

const [stops = '200', kills = '50', seed] = process.argv.slice(2);

process.exitCode = await runCommand(
  process.execPath,
  [
    '--import',
    'tsx',
    '--test',
    '--test-concurrency=1',
    '--test-reporter=spec',
    'tests/reliability/stops.test.ts',
    'tests/reliability/sigkills.test.ts',
  ],
  {
    BGF_STOPS: stops,
    BGF_SIGKILLS: kills,
    ...(seed === undefined ? {} : {BGF_SEED: seed}),
  },
);
