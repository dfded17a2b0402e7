/** Browsers that lack the API, driven alike: each by its own protocol. */
import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import puppeteer, {type Page} from 'puppeteer-core';
import {findFirefox, findWebKit} from '../../../scripts/browser.js';
import {startWebKit} from '../../../scripts/webkit.js';

/**
 * One tab or window, in front while it is driven: what lies behind draws late
 * or never. Not more than one of a browser is driven at a time.
 */
export interface Tab {
  /** Runs the body of an async function in the page; its value came as JSON. */
  readonly run: (body: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** Keeps a picture in the folder that `BGF_PICTURES` names, if it does. */
  readonly picture: (name: string) => Promise<void>;
}

export interface DrivenBrowser {
  readonly open: (url: string) => Promise<Tab>;
  readonly close: () => Promise<void>;
}

export interface BrowserKind {
  /** Throws the sentence that says what is missing. */
  readonly find: () => unknown;
  readonly start: () => Promise<DrivenBrowser>;
}

/** Those in which the engine is the only Background Fetch there is. */
export const BROWSERS_WITHOUT_API = {
  firefox: {find: findFirefox, start: startFirefox},
  webkit: {find: findWebKit, start: startMiniBrowser},
} as const satisfies Record<string, BrowserKind>;

async function startFirefox(): Promise<DrivenBrowser> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: findFirefox(),
    defaultViewport: {width: 1280, height: 900},
    extraPrefsFirefox: {'network.dns.disabled': true},
  });
  let front: Page | undefined;
  const show = async (page: Page): Promise<void> => {
    if (front !== page) await page.bringToFront();
    front = page;
  };
  return {
    async open(url) {
      const page = await browser.newPage();
      front = page;
      await page.goto(url);
      return {
        async run(body, ...args) {
          await show(page);
          return parse(await call(page, body, args));
        },
        picture: (name) =>
          keepPicture(name, async () => {
            await show(page);
            return page.screenshot();
          }),
      };
    },
    close: () => browser.close(),
  };
}

// As text: what a compiler adds to a function is not there in the page.
const call = (
  page: Page,
  body: string,
  args: readonly unknown[],
): Promise<unknown> =>
  page.evaluate(`(${inJson(body)}).apply(undefined, ${JSON.stringify(args)})`);

async function startMiniBrowser(): Promise<DrivenBrowser> {
  const session = await startWebKit();
  let isFirst = true;
  return {
    async open(url) {
      if (isFirst) await session.open(url);
      else await session.openWindow(url);
      isFirst = false;
      const window = await session.currentWindow();
      return {
        async run(body, ...args) {
          await session.switchTo(window);
          return parse(
            await session.run(
              `return (${inJson(body)})(...arguments);`,
              ...args,
            ),
          );
        },
        picture: (name) =>
          keepPicture(name, async () => {
            await session.switchTo(window);
            return session.takePicture();
          }),
      };
    },
    close: () => session.close(),
  };
}

/** The protocols have their own ideas of `undefined` and of large numbers. */
const inJson = (body: string): string =>
  `async function () {
    const value = await (async function () {${body}}).apply(undefined, arguments);
    return JSON.stringify(value) ?? '';
  }`;

const parse = (text: unknown): unknown =>
  text === '' ? undefined : JSON.parse(String(text));

async function keepPicture(
  name: string,
  take: () => Promise<Uint8Array>,
): Promise<void> {
  const folder = process.env['BGF_PICTURES'] ?? '';
  if (folder === '') return;
  await mkdir(folder, {recursive: true});
  await writeFile(join(folder, `${name}.png`), await take());
}
