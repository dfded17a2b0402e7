import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {type Browser, type LaunchOptions} from 'puppeteer-core';
import {
  chromiumArgs,
  findChromium,
  prepareProfile,
} from '../scripts/browser.js';

/** Runs `work` in a Chromium of its own, with an empty profile. */
export async function withChromium<T>(
  work: (browser: Browser) => Promise<T>,
  options: LaunchOptions = {},
): Promise<T> {
  const userDataDir = await mkdtemp(join(tmpdir(), 'bgf-bench-'));
  await prepareProfile(userDataDir);
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    headless: true,
    pipe: true,
    userDataDir,
    protocolTimeout: 600_000,
    args: chromiumArgs({headless: true, loopbackOnly: true}),
    ...options,
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
    await rm(userDataDir, {recursive: true, force: true, maxRetries: 5});
  }
}
