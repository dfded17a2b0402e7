import type {ChildProcess} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {findWebKit} from '../../../scripts/browser.js';
import {keepChildren, type Children} from '../../../scripts/children.js';
import {startDisplay} from '../../../scripts/webkit.js';
import type {KillableBrowser} from './killable.js';
import type {PolledPage} from './polled-page.js';
import {PolledPages} from './polled-pages.js';
import {killEach, killGroup, listProcesses} from './processes.js';
import {readSize} from './read-size.js';

/** WebKitGTK's small browser, as a user starts it. */
export class KillableWebKit implements KillableBrowser<PolledPage> {
  readonly #profile: string;
  readonly #children: Children;
  readonly #display: NodeJS.ProcessEnv;
  readonly #pages: PolledPages;
  #main: ChildProcess | undefined;
  /** Its first page, which opens the others. */
  #opener: PolledPage | undefined;

  private constructor(
    profile: string,
    children: Children,
    display: NodeJS.ProcessEnv,
    pages: PolledPages,
  ) {
    this.#profile = profile;
    this.#children = children;
    this.#display = display;
    this.#pages = pages;
  }

  static async launch(): Promise<KillableWebKit> {
    const children = keepChildren();
    const killable = new KillableWebKit(
      await mkdtemp(join(tmpdir(), 'bgf-reliability-')),
      children,
      await startDisplay(findWebKit(), children.start),
      await PolledPages.listen(),
    );
    await killable.start();
    return killable;
  }

  async start(): Promise<void> {
    this.#opener = await this.#pages.open(this.#pages.blank, async (url) => {
      this.#main = this.#children.start(
        findWebKit().browser,
        ['--javascript-can-open-windows-automatically=true', url],
        {
          detached: true,
          env: {
            ...this.#display,
            XDG_DATA_HOME: join(this.#profile, 'data'),
            XDG_CACHE_HOME: join(this.#profile, 'cache'),
            XDG_CONFIG_HOME: join(this.#profile, 'config'),
          },
        },
      );
    });
  }

  async kill(): Promise<void> {
    this.#pages.lose();
    await killGroup(this.#running.main);
    this.#main = undefined;
  }

  openPage(url: string): Promise<PolledPage> {
    const {opener} = this.#running;
    return this.#pages.open(url, (there) =>
      opener.evaluate(`void open(${JSON.stringify(there)}, '', 'noopener')`),
    );
  }

  /** All that show pages, but the first, which is the opener's. */
  async crash(): Promise<void> {
    const {main, opener} = this.#running;
    const [, ...others] = await listProcesses(main, 'WebKitWebProcess');
    await killEach(others);
    this.#pages.lose([opener]);
  }

  readUsage(): Promise<number> {
    return readSize(join(this.#profile, 'data'));
  }

  async close(): Promise<void> {
    await this.#children.end();
    await this.#pages.close();
    await rm(this.#profile, {recursive: true, force: true, maxRetries: 5});
  }

  get #running(): {readonly main: ChildProcess; readonly opener: PolledPage} {
    const [main, opener] = [this.#main, this.#opener];
    if (main === undefined || opener === undefined) {
      throw new Error('No browser runs.');
    }
    return {main, opener};
  }
}
