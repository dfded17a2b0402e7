/** A browser that is offline, as Chromium's own tools make it. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {CDPSession} from 'puppeteer-core';
import {eventually} from '../extension/support/eventually.js';
import {
  assertIntact,
  onSite,
  planDownload,
  startDownload,
} from './support/on-site.js';
import {readDownloaded, startFetch} from './support/site-page.js';

void test('fetches wait while the browser is offline, and lose no byte', () =>
  onSite(async ({site, browser, page}) => {
    const [cut, late] = [planDownload('cut'), planDownload('late')];
    await startDownload({site, page}, cut);
    const worker = await browser.browser.waitForTarget((target) =>
      target.url().startsWith(`${site.url}/worker.js`),
    );
    const session = await worker.createCDPSession();
    await setOffline(session, true);
    await eventually(
      () => Promise.resolve(site.openDownloads),
      (open) => open === 0,
      {what: 'all connections to be closed'},
    );
    // Had it not waited, it would have failed: nothing was ever answered.
    assert.equal(await startFetch(page, late), undefined);
    assert.ok(((await readDownloaded(page, cut.id)) ?? 0) > 0);
    assert.equal(await readDownloaded(page, late.id), 0);
    assert.equal(site.ledger.knows(late.id), false);
    await setOffline(session, false);
    await assertIntact({site, page}, cut);
    await assertIntact({site, page}, late);
  }));

async function setOffline(
  session: CDPSession,
  offline: boolean,
): Promise<void> {
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: -1,
  });
}
