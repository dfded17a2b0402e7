/** The whole browser killed at random moments, while it downloads. */
import {test} from 'node:test';
import {onSite} from './support/on-site.js';
import {runAll} from './support/run-all.js';
import {wakeWorker} from './support/site-page.js';

const SIGKILLS = Number(process.env['BGF_SIGKILLS'] ?? 4);

test(`downloads survive ${SIGKILLS} SIGKILLs of the browser`, () =>
  onSite(async ({site, browser, page: first}) => {
    let page = first;
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
  }));
