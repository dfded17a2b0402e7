import assert from 'node:assert/strict';
import type {SecureContextOptions} from 'node:tls';
import type {ConditionsFile} from '../../../inspector-core/conditions/conditions.js';
import {eventually} from '../../extension/support/eventually.js';
import {launchChromium} from './chromium.js';
import {hashOf, MEBIBYTE} from './files.js';
import type {KillableBrowser, PageOf, SitePage} from './killable.js';
import type {PuppeteerBrowser} from './puppeteer-browser.js';
import {
  readLeftovers,
  registerWorker,
  startFetch,
  wakeWorker,
  type Plan,
} from './site-page.js';
import {startSite, type Site} from './site.js';
import type {Ended} from './told.js';

/** It all comes to an end long before, however slow the machine is. */
const WITHIN = 120_000;

/** A page of a site. */
export interface OnSite {
  readonly site: Site;
  readonly page: SitePage;
}

export interface Scenery<
  B extends KillableBrowser = PuppeteerBrowser,
> extends OnSite {
  readonly browser: B;
  /** The first page, whose worker is active. */
  readonly page: PageOf<B>;
}

export interface SiteOptions {
  readonly tls?: SecureContextOptions;
  /** Of the worker, each time it starts. */
  readonly conditions?: ConditionsFile;
}

export interface OnSiteOptions extends SiteOptions {
  readonly switches?: readonly string[];
}

/** Runs a test in a fresh Chromium, on a site of its own. */
export function onSite(
  test: (scenery: Scenery) => Promise<void>,
  {switches, ...options}: OnSiteOptions = {},
): Promise<void> {
  return onSiteIn(() => launchChromium(switches), test, options);
}

/** The same in any browser. */
export async function onSiteIn<B extends KillableBrowser>(
  launch: () => Promise<B>,
  test: (scenery: Scenery<B>) => Promise<void>,
  {tls, conditions}: SiteOptions = {},
): Promise<void> {
  const site = await startSite(tls);
  const browser = await launch();
  try {
    const page = (await browser.openPage(site.url)) as PageOf<B>;
    await registerWorker(page, site, conditions);
    await test({site, browser, page});
    assert.deepEqual(site.ledger.broken, []);
  } finally {
    await browser.close();
    await site.close();
  }
}

/** Two files that take a few seconds, one of them cut once. */
export function planDownload(id: string): Plan {
  const file = {id, size: 4 * MEBIBYTE + 77, rate: 2 * MEBIBYTE};
  return {
    id,
    files: [
      {...file, record: 0},
      {...file, record: 1, drop: 3 * MEBIBYTE + 5, drops: 1},
    ],
  };
}

/** Starts it, and resolves when some of its bytes are stored, and not all. */
export async function startDownload(
  {site, page}: OnSite,
  plan: Plan,
): Promise<void> {
  assert.equal(await startFetch(page, plan), undefined);
  await whenMoreIsStored(site);
}

/** Resolves at the next acknowledgement. */
export async function whenMoreIsStored({ledger}: Site): Promise<void> {
  const {stored} = ledger;
  await eventually(
    () => Promise.resolve(ledger.stored),
    (now) => now > stored,
    {within: WITHIN, what: 'more bytes in storage'},
  );
}

/** What the handler of its event found. */
export async function whenEnded(
  {site, page}: OnSite,
  {id}: Plan,
): Promise<Ended> {
  const read = async (): Promise<Ended | undefined> => {
    await wakeWorker(page);
    return site.ledger.endsOf(id).at(-1);
  };
  const ended = await eventually(read, (found) => found !== undefined, {
    within: WITHIN,
    what: `the event of ${id}`,
  });
  assert.ok(ended);
  return ended;
}

/** That it succeeds with the bytes that were served, and leaves none. */
export async function assertIntact(scenery: OnSite, plan: Plan): Promise<void> {
  await assertDelivered(scenery, plan);
  await whenStorageIsEmpty(scenery);
}

/** That it succeeds with the bytes that were served. */
export async function assertDelivered(
  scenery: OnSite,
  plan: Plan,
): Promise<void> {
  const {event, failureReason, records} = await whenEnded(scenery, plan);
  assert.deepEqual(
    {event, failureReason},
    {
      event: 'backgroundfetchsuccess',
      failureReason: '',
    },
  );
  assert.equal(records.length, plan.files.length);
  for (const {url, hash} of records) {
    assert.equal(hash, hashOf(new URL(url)), url);
  }
}

/** Nor waits longer once something is broken, which the test's end tells. */
export async function whenStorageIsEmpty({site, page}: OnSite): Promise<void> {
  await eventually(
    async () => {
      await wakeWorker(page);
      return readLeftovers(page);
    },
    (left) => left.length === 0 || site.ledger.broken.length > 0,
    {within: WITHIN, what: 'storage to be empty'},
  );
}
