/**
 * `npm run reliability [-- <stops> <SIGKILLs> <seed>]`: the long form of the
 * tests that kill workers, pages and browsers while they download, 1,000 random worlds
 * of calls, cuts and kills, and 1,000 downloads that go offline at any byte.
 */
import {bin, NODE_TEST, runCommand} from './run-command.js';

/** Ten minutes where nothing else runs, and much more beside other browsers. */
const WORLDS_TAKE_MS = 3_600_000;

const [stops = '200', sigkills = '50', seed] = process.argv.slice(2);

const worlds = await runCommand(
  bin('wtr'),
  ['--files', 'tests/inspector-core/engine/**/*.long.ts'],
  {BROWSERS: 'chromium', BGF_FILE_TAKES_MS: `${WORLDS_TAKE_MS}`},
);
const kills = await runCommand(
  process.execPath,
  [
    ...NODE_TEST,
    'tests/reliability/stops.test.ts',
    'tests/reliability/sigkills.test.ts',
    'tests/reliability/crashes.long.ts',
  ],
  {
    BGF_STOPS: stops,
    BGF_SIGKILLS: sigkills,
    ...(seed === undefined ? {} : {BGF_SEED: seed}),
  },
);
process.exitCode = worlds || kills;
