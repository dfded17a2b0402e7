/** Storage that refuses what a download wants to keep. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {Page} from 'puppeteer-core';
import {eventually} from '../extension/support/eventually.js';
import {stopWorkers} from './support/chromium.js';
import {hashOf, MEBIBYTE} from './support/files.js';
import {
  assertIntact,
  onSite,
  planDownload,
  startDownload,
  whenEnded,
  whenStorageIsEmpty,
  type Scenery,
} from './support/on-site.js';
import {
  breakStorage,
  startFetch,
  wakeWorker,
  type Plan,
} from './support/site-page.js';

/** That it fails for this reason, and what can be read of it is right. */
async function assertFailed(
  scenery: Scenery,
  plan: Plan,
  reason: string,
): Promise<void> {
  const {event, failureReason, records} = await whenEnded(scenery, plan);
  assert.deepEqual(
    {event, failureReason},
    {
      event: 'backgroundfetchfail',
      failureReason: reason,
    },
  );
  for (const {url, status, length, hash} of records) {
    const isWhole = length === plan.files[0]?.size;
    if (status === 200 && isWhole)
      assert.equal(hash, hashOf(new URL(url)), url);
  }
}

/** Resolves at the second event of a fetch. */
async function whenEndedAgain(
  {site, page}: Scenery,
  {id}: Plan,
): Promise<void> {
  await eventually(
    async () => {
      await wakeWorker(page);
      return site.ledger.endsOf(id).length;
    },
    (ends) => ends > 1,
    {within: 60_000, what: `the second event of ${id}`},
  );
}

async function setQuota(page: Page, quotaSize?: number): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(page.url()).origin,
    ...(quotaSize === undefined ? {} : {quotaSize}),
  });
  // Detached, it would take the override with it.
}

void test('a write that fails once ends its fetch, and no other one', () =>
  onSite(async (scenery) => {
    const {page} = scenery;
    const second = planDownload('second');
    // Of one file: what several store together, each stores again by itself.
    const first = {id: 'first', files: planDownload('first').files.slice(0, 1)};
    await startDownload(scenery, first);
    await breakStorage(page, {error: 'UnknownError', times: 1});
    await assertFailed(scenery, first, 'fetch-error');
    await startDownload(scenery, second);
    await assertIntact(scenery, second);
  }));

void test('while every write fails, fetches fail; the next worker frees all', () =>
  onSite(async (scenery) => {
    const {page} = scenery;
    const plan = planDownload('broken');
    await startDownload(scenery, plan);
    await breakStorage(page, {error: 'UnknownError', times: Infinity});
    await assertFailed(scenery, plan, 'fetch-error');
    const refused = await startFetch(page, planDownload('refused'));
    assert.match(refused ?? '', /^TypeError/);
    await stopWorkers(page);
    // What could not be forgotten is taken up, and comes to its end.
    await whenEndedAgain(scenery, plan);
    await assertIntact(scenery, plan);
  }));

void test('a full disk ends what is downloaded, and nothing after that', () =>
  onSite(async (scenery) => {
    const {page} = scenery;
    const plan = planDownload('large');
    await setQuota(page, 3 * MEBIBYTE);
    assert.equal(await startFetch(page, plan), undefined);
    await assertFailed(scenery, plan, 'quota-exceeded');
    await whenStorageIsEmpty(scenery);
    await setQuota(page);
    const next = planDownload('next');
    await startDownload(scenery, next);
    await assertIntact(scenery, next);
  }));

void test('a fetch for which there is no space is not begun', () =>
  onSite(async (scenery) => {
    const {page} = scenery;
    // Of a quota that is set for a test, pages are not told.
    const downloadTotal = 20 * 2 ** 30;
    const plan = {...planDownload('announced'), downloadTotal};
    assert.match((await startFetch(page, plan)) ?? '', /^QuotaExceededError/);
    await whenStorageIsEmpty(scenery);
  }));
