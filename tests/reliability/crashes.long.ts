/** Pages crashed at random moments, and the worker with them, while they download. */
import {eventually} from '../extension/support/eventually.js';
import {killAtRandom} from './support/kill-at-random.js';

const CRASHES = Number(process.env['BGF_SIGKILLS'] ?? 50);

killAtRandom(
  'crashes',
  CRASHES,
  (browser, page) => browser.crash(page),
  // Firefox 153 never again starts a worker whose process was killed while it
  // started, until the browser ends.
  async ({ledger}, lives) => {
    await eventually(
      () => Promise.resolve(ledger.lives),
      (now) => now > lives,
      {within: 60_000, what: 'another worker'},
    );
  },
);
