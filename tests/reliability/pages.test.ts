/** Pages that go away while a fetch of theirs downloads. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Page} from 'puppeteer-core';
import {eventually} from '../extension/support/eventually.js';
import {BROWSERS} from './support/browsers.js';
import {stopWorkers} from './support/chromium.js';
import type {KillableBrowser} from './support/killable.js';
import {MEBIBYTE} from './support/files.js';
import {
  assertIntact,
  onSite,
  onSiteIn,
  planDownload,
  startDownload,
  whenMoreIsStored,
  type Scenery,
} from './support/on-site.js';
import {wakeWorker} from './support/site-page.js';

const GOES_AWAY: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
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

for (const {name, missing, launch} of BROWSERS) {
  const inBrowser = (
    what: string,
    body: (scenery: Scenery<KillableBrowser>) => Promise<void>,
  ): void => {
    void test(`a download goes on ${what} in ${name}`, {skip: missing}, () =>
      onSiteIn(launch, body),
    );
  };

  inBrowser('when its page is closed', async ({site, browser, page}) => {
    const other = await browser.openPage(site.url);
    const plan = planDownload('closed');
    await startDownload({site, page}, plan);
    await page.close();
    await whenMoreIsStored(site);
    await assertIntact({site, page: other}, plan);
  });

  inBrowser('after its page has crashed', async ({site, browser, page}) => {
    const plan = planDownload('crashed');
    await startDownload({site, page}, plan);
    await browser.crash(page);
    // The worker, which was in the same process, is gone with it.
    const next = await browser.openPage(site.url);
    await assertIntact({site, page: next}, plan);
    assert.equal(site.ledger.lives, 2);
  });
}

void test('a download goes on though its process crashes while it stores parts', () =>
  onSite(async ({site, browser, page: first}) => {
    // Each is put as one part, and sixteen come side by side.
    const files = Array.from({length: 300}, (_, record) => {
      return {id: 'storing', record, size: MEBIBYTE + record};
    });
    const plan = {id: 'storing', files};
    await startDownload({site, page: first}, plan);
    let page = first;
    for (let crash = 0; crash < 12; crash += 1) {
      const {lives} = site.ledger;
      await whenMoreIsStored(site);
      await browser.crash(page);
      page = await browser.openPage(site.url);
      await wakeWorker(page);
      await eventually(
        () => Promise.resolve(site.ledger.lives),
        (now) => now > lives,
        {within: 30_000, what: 'the next worker to have loaded the fetch'},
      );
    }
    await assertIntact({site, page}, plan);
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
