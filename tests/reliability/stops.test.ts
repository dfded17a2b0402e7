/** Service workers stopped while they download: at random moments, or whenever they are idle. */
import {test} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {findFirefox, whyMissing} from '../../scripts/browser.js';
import {eventually} from '../extension/support/eventually.js';
import {stopWorkers} from './support/chromium.js';
import {launchFirefox} from './support/firefox.js';
import {onSite, onSiteIn} from './support/on-site.js';
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

/** It stops them by itself alone, which takes seconds. */
const STOPS_OF_FIREFOX = Math.ceil(STOPS / 5);

const IDLE_MS = 1_000;

/** Thirty seconds each, by default. */
const IMPATIENT = {
  'dom.serviceWorkers.idle_timeout': IDLE_MS,
  // Of an event that is not over: handlers have to read what came.
  'dom.serviceWorkers.idle_extended_timeout': 5 * IDLE_MS,
};

test(
  `downloads survive ${STOPS_OF_FIREFOX} stops of an idle worker in Firefox`,
  {skip: whyMissing(findFirefox)},
  () =>
    onSiteIn(
      () => launchFirefox(IMPATIENT),
      ({site, browser, page}) =>
        runAll('stops in Firefox', STOPS_OF_FIREFOX, {
          site,
          page,
          readUsage: () => browser.readUsage(page),
          async disturb() {
            const {lives} = site.ledger;
            await eventually(
              async () => {
                // It would not be idle if it were asked more often.
                await pause(2 * IDLE_MS);
                await wakeWorker(page);
                return site.ledger.lives;
              },
              (now) => now > lives,
              {within: 60_000, what: 'another worker'},
            );
          },
        }),
    ),
);
