import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import puppeteer, {type Browser} from 'puppeteer-core';
import {
  chromiumArgs,
  findChromium,
  prepareProfile,
} from '../../../scripts/browser.js';

/** Where `npm run build` puts the unpacked extension. */
export const EXTENSION = fileURLToPath(
  new URL('../../../dist/extension', import.meta.url),
);

export interface InspectedBrowser {
  readonly browser: Browser;
  /** Ends it, and starts it again with all that it has kept. */
  readonly restart: () => Promise<Browser>;
  readonly close: () => Promise<void>;
}

/** A fresh Chromium with the extension loaded, and nothing else in it. */
export async function launchBrowser(
  extension = EXTENSION,
): Promise<InspectedBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'bgf-extension-test-'));
  await prepareProfile(profile);
  const start = (): Promise<Browser> =>
    puppeteer.launch({
      executablePath: findChromium(),
      headless: true,
      // Extensions can be loaded over a pipe only.
      pipe: true,
      enableExtensions: [extension],
      userDataDir: profile,
      defaultViewport: null,
      args: [
        ...chromiumArgs({headless: true, loopbackOnly: true}),
        '--window-size=1200,800',
      ],
    });
  const browser = await start();
  let running = browser;
  return {
    browser,
    restart: async () => {
      await running.close();
      running = await start();
      return running;
    },
    close: async () => {
      await running.close();
      await rm(profile, {recursive: true, force: true, maxRetries: 5});
    },
  };
}
