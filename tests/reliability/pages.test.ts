/** Pages that go away while a fetch of theirs downloads. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Page} from 'puppeteer-core';
import {eventually} from '../extension/support/eventually.js';
import {stopWorkers} from './support/browser.js';
import {
  assertIntact,
  onSite,
  planDownload,
  startDownload,
  whenMoreIsStored,
} from './support/on-site.js';

const GOES_AWAY: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'is closed': (page) => page.close(),
  'is reloaded': (page) => page.reload(),
  'goes elsewhere': (page) => page.goto('about:blank'),
};

for (const [what, goAway] of Object.entries(GOES_AWAY)) {
  void test(`a download goes on when its page ${what}`, () =>
    onSite(async ({site, browser, page}) => {
      const other = await browser.openPage(site.url);
      const plan = planDownload('page');
      await startDownload({site, page}, plan);
      await goAway(page);
      await whenMoreIsStored(site);
      await assertIntact({site, page: other}, plan);
    }));
}

void test('a download goes on after its page has crashed', () =>
  onSite(async ({site, browser, page}) => {
    const plan = planDownload('crashed');
    await startDownload({site, page}, plan);
    const crashed = new Promise((resolve) => {
      page.once('error', resolve);
    });
    const session = await page.createCDPSession();
    // It is never answered.
    session.send('Page.crash').catch(() => {});
    await crashed;
    // The worker, which was in the same process, is gone with it.
    const next = await browser.openPage(site.url);
    await assertIntact({site, page: next}, plan);
    assert.equal(site.ledger.lives, 2);
  }));

void test('a download goes on when the site is opened again', () =>
  onSite(async ({site, browser, page}) => {
    const elsewhere = await browser.openPage('about:blank');
    const plan = planDownload('reopened');
    await startDownload({site, page}, plan);
    await page.close();
    await stopWorkers(elsewhere);
    const {stored, lives} = site.ledger;
    await eventually(
      () => Promise.resolve(site.openDownloads),
      (open) => open === 0,
      {what: 'all connections to be closed'},
    );
    const next = await browser.openPage(site.url);
    await assertIntact({site, page: next}, plan);
    assert.ok(site.ledger.stored > stored);
    assert.equal(site.ledger.lives, lives + 1);
  }));
