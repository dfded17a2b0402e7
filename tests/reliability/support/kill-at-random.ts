import {test} from 'node:test';
import {BROWSERS} from './browsers.js';
import type {KillableBrowser, SitePage} from './killable.js';
import {onSiteIn} from './on-site.js';
import {runAll} from './run-all.js';
import type {Site} from './site.js';
import {wakeWorker} from './site-page.js';

/**
 * Defines a test in each browser that kills something so many times while it
 * downloads, and opens the site again.
 *
 * @param what is killed, in the plural
 * @param kill after which a page can be opened
 * @param whenBack resolves when more may be killed: workers that lived are told
 */
export function killAtRandom(
  what: string,
  count: number,
  kill: (browser: KillableBrowser, page: SitePage) => Promise<void>,
  whenBack?: (site: Site, lives: number) => Promise<void>,
): void {
  for (const {name, missing, launch} of BROWSERS) {
    const title = `${what} in ${name}`;
    test(`downloads survive ${count} ${title}`, {skip: missing}, () =>
      onSiteIn(launch, async ({site, browser, page: first}) => {
        let page = first;
        await runAll(title, count, {
          site,
          get page() {
            return page;
          },
          async disturb() {
            const {lives} = site.ledger;
            await kill(browser, page);
            page = await browser.openPage(site.url);
            await wakeWorker(page);
            await whenBack?.(site, lives);
          },
          readUsage: () => browser.readUsage(page),
        });
      }),
    );
  }
}
