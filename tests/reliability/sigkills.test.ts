/** The whole browser killed at random moments, while it downloads. */
import {test} from 'node:test';
import {KillableBrowser} from './support/browser.js';
import {runAll} from './support/run-all.js';
import {registerWorker, wakeWorker} from './support/site-page.js';
import {startSite} from './support/site.js';

const SIGKILLS = Number(process.env['BGF_SIGKILLS'] ?? 4);

test(`downloads survive ${SIGKILLS} SIGKILLs of the browser`, async () => {
  const site = await startSite();
  const browser = await KillableBrowser.launch();
  try {
    let page = await browser.openPage(site.url);
    await registerWorker(page, site);
    await runAll('SIGKILLs', SIGKILLS, {
      site,
      get page() {
        return page;
      },
      async disturb() {
        await browser.kill();
        await browser.start();
        page = await browser.openPage(site.url);
        await wakeWorker(page);
      },
    });
  } finally {
    await browser.close();
    await site.close();
  }
});
