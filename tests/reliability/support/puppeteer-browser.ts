import type {ChildProcess} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import puppeteer, {
  type Browser,
  type LaunchOptions,
  type Page,
} from 'puppeteer-core';
import type {KillableBrowser} from './killable.js';
import {killGroup} from './processes.js';

/** What one browser does in its own way. */
export interface BrowserKind {
  readonly options: LaunchOptions;
  /** Once, before the first start. */
  readonly prepareProfile?: (profile: string) => Promise<void>;
  /** Before each start. */
  readonly prepareStart?: (profile: string) => Promise<void>;
  readonly crash: (page: Page, main: ChildProcess) => Promise<void>;
  readonly readUsage: (page: Page, profile: string) => Promise<number>;
}

/** A browser that puppeteer drives. */
export class PuppeteerBrowser implements KillableBrowser<Page> {
  readonly #kind: BrowserKind;
  readonly #profile: string;
  #browser: Browser | undefined;

  private constructor(kind: BrowserKind, profile: string) {
    this.#kind = kind;
    this.#profile = profile;
  }

  static async launch(kind: BrowserKind): Promise<PuppeteerBrowser> {
    const profile = await mkdtemp(join(tmpdir(), 'bgf-reliability-'));
    await kind.prepareProfile?.(profile);
    const killable = new PuppeteerBrowser(kind, profile);
    await killable.start();
    return killable;
  }

  get browser(): Browser {
    if (this.#browser === undefined) throw new Error('No browser runs.');
    return this.#browser;
  }

  async start(): Promise<void> {
    const userDataDir = this.#profile;
    await this.#kind.prepareStart?.(userDataDir);
    this.#browser = await puppeteer.launch({
      ...this.#kind.options,
      userDataDir,
    });
  }

  async kill(): Promise<void> {
    const main = this.#main;
    this.#browser = undefined;
    // It leads a group of its own, where there are such.
    await killGroup(main);
  }

  async openPage(url: string): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(url);
    return page;
  }

  crash(page: Page): Promise<void> {
    return this.#kind.crash(page, this.#main);
  }

  readUsage(page: Page): Promise<number> {
    return this.#kind.readUsage(page, this.#profile);
  }

  async close(): Promise<void> {
    await this.#browser?.close();
    await rm(this.#profile, {recursive: true, force: true, maxRetries: 5});
  }

  get #main(): ChildProcess {
    const main = this.browser.process();
    if (main === null) throw new Error('It is not ours.');
    return main;
  }
}
