/** Service workers stopped at random moments, while they download. */
import {test} from 'node:test';
import {stopWorkers} from './support/chromium.js';
import {onSite} from './support/on-site.js';
import {runAll} from './support/run-all.js';
import {wakeWorker} from './support/site-page.js';

const STOPS = Number(process.env['BGF_STOPS'] ?? 20);

test(`downloads survive ${STOPS} stops of the worker`, () =>
  onSite(({site, browser, page}) =>
    runAll('stops', STOPS, {
      site,
      page,
      readUsage: () => browser.readUsage(page),
      async disturb() {
        await stopWorkers(page);
        await wakeWorker(page);
      },
    }),
  ));
