/** Service workers stopped at random moments, while they download. */
import {test} from 'node:test';
import {KillableBrowser, stopWorkers} from './support/browser.js';
import {runAll} from './support/run-all.js';
import {registerWorker, wakeWorker} from './support/site-page.js';
import {startSite} from './support/site.js';

const STOPS = Number(process.env['BGF_STOPS'] ?? 20);

test(`downloads survive ${STOPS} stops of the worker`, async () => {
  const site = await startSite();
  const browser = await KillableBrowser.launch();
  try {
    const page = await browser.openPage(site.url);
    await registerWorker(page, site);
    await runAll('stops', STOPS, {
      site,
      page,
      async disturb() {
        await stopWorkers(page);
        await wakeWorker(page);
      },
    });
  } finally {
    await browser.close();
    await site.close();
  }
});
