/** Whole browsers killed at random moments, while they download. */
import {test} from 'node:test';
import {BROWSERS} from './support/browsers.js';
import {onSiteIn} from './support/on-site.js';
import {runAll} from './support/run-all.js';
import {wakeWorker} from './support/site-page.js';

const SIGKILLS = Number(process.env['BGF_SIGKILLS'] ?? 4);

for (const {name, missing, launch} of BROWSERS) {
  const title = `SIGKILLs of ${name}`;
  test(`downloads survive ${SIGKILLS} ${title}`, {skip: missing}, () =>
    onSiteIn(launch, async ({site, browser, page: first}) => {
      let page = first;
      await runAll(title, SIGKILLS, {
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
        readUsage: () => browser.readUsage(page),
      });
    }),
  );
}
