import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import {
  chromiumArgs,
  findChromium,
  prepareProfile,
} from '../../../scripts/browser.js';

/** A Chromium without the native API, and a profile that outlives it. */
export class KillableBrowser {
  readonly #profile: string;
  readonly #switches: readonly string[];
  #browser: Browser | undefined;

  private constructor(profile: string, switches: readonly string[]) {
    this.#profile = profile;
    this.#switches = switches;
  }

  static async launch(
    switches: readonly string[] = [],
  ): Promise<KillableBrowser> {
    const profile = await mkdtemp(join(tmpdir(), 'bgf-reliability-'));
    await prepareProfile(profile);
    const killable = new KillableBrowser(profile, switches);
    await killable.start();
    return killable;
  }

  get browser(): Browser {
    if (this.#browser === undefined) throw new Error('No browser runs.');
    return this.#browser;
  }

  /** Starts it, the first time or after it was killed. */
  async start(): Promise<void> {
    this.#browser = await puppeteer.launch({
      executablePath: findChromium(),
      headless: true,
      pipe: true,
      userDataDir: this.#profile,
      args: [
        ...chromiumArgs({headless: true, loopbackOnly: true}),
        '--disable-blink-features=BackgroundFetch',
        ...this.#switches,
      ],
    });
  }

  /** SIGKILL to all of its processes. Resolves when they are gone. */
  async kill(): Promise<void> {
    const child = this.browser.process();
    this.#browser = undefined;
    if (child?.pid === undefined) throw new Error('It has no process.');
    const gone = once(child, 'exit');
    // It leads a group of its own, where there are such.
    process.kill(
      process.platform === 'win32' ? child.pid : -child.pid,
      'SIGKILL',
    );
    await gone;
  }

  async openPage(url: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(url);
    return page;
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await rm(this.#profile, {recursive: true, force: true, maxRetries: 5});
  }
}

/** Stops all service workers, as the browser does when it wants their memory. */
export async function stopWorkers(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}
