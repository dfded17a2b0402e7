import type {Page} from 'puppeteer-core';
import {
  chromiumArgs,
  findChromium,
  prepareProfile,
} from '../../../scripts/browser.js';
import {PuppeteerBrowser} from './puppeteer-browser.js';

/** A Chromium without the native API. */
export function launchChromium(
  switches: readonly string[] = [],
): Promise<PuppeteerBrowser> {
  return PuppeteerBrowser.launch({
    options: {
      executablePath: findChromium(),
      headless: true,
      pipe: true,
      args: [
        ...chromiumArgs({headless: true, loopbackOnly: true}),
        '--disable-blink-features=BackgroundFetch',
        ...switches,
      ],
    },
    prepareProfile,
    crash,
    readUsage,
  });
}

/** Stops all service workers, as the browser does when it wants their memory. */
export async function stopWorkers(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

async function crash(page: Page): Promise<void> {
  const crashed = new Promise((resolve) => {
    page.once('error', resolve);
  });
  const session = await page.createCDPSession();
  // It is never answered.
  session.send('Page.crash').catch(() => {});
  await crashed;
  // What it was asked is never answered either, unless it is closed.
  await page.close();
}

async function readUsage(page: Page): Promise<number> {
  // A cache that was deleted stays, as long as any realm has an object of it.
  await stopWorkers(page);
  await page.reload();
  const session = await page.createCDPSession();
  const {origin} = new URL(page.url());
  const {usage} = await session.send('Storage.getUsageAndQuota', {origin});
  await session.detach();
  return usage;
}
