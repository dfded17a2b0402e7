/** Whole browsers killed at random moments, while they download. */
import {killAtRandom} from './support/kill-at-random.js';

const SIGKILLS = Number(process.env['BGF_SIGKILLS'] ?? 4);

killAtRandom('SIGKILLs', SIGKILLS, async (browser) => {
  await browser.kill();
  await browser.start();
});
