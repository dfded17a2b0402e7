import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {BrowserLauncher} from '@web/test-runner';
import {chromeLauncher} from '@web/test-runner-chrome';
import * as puppeteer from 'puppeteer-core';
import {
  chromiumArgs,
  findChromium,
  findFirefox,
  prepareProfile,
} from '../browser.js';
import {webkitLauncher} from './webkit-launcher.js';

const LAUNCHERS = new Map<string, () => Promise<BrowserLauncher>>([
  ['chromium', () => launchChromium()],
  // As a browser is that lacks the API, in which the engine defines its classes.
  [
    'chromium-without-api',
    () => launchChromium(['--disable-blink-features=BackgroundFetch']),
  ],
  ['firefox', launchFirefox],
  ['webkit', () => Promise.resolve(webkitLauncher())],
]);

/** Launchers for the browsers of these names. */
export function launchBrowsers(
  names: readonly string[],
): Promise<BrowserLauncher[]> {
  return Promise.all(
    names.map((name) => {
      const launch = LAUNCHERS.get(name);
      if (launch !== undefined) return launch();
      const known = [...LAUNCHERS.keys()].join(', ');
      throw new Error(`BROWSERS names "${name}": choose from ${known}.`);
    }),
  );
}

async function launchChromium(
  switches: readonly string[] = [],
): Promise<BrowserLauncher> {
  return chromeLauncher({
    puppeteer,
    // All tests are of one origin, which may have five background fetches, and
    // the browser downloads for two: test files side by side would wait, or fail.
    concurrency: 1,
    launchOptions: {
      executablePath: findChromium(),
      userDataDir: await makeProfile(),
      args: [
        ...chromiumArgs({headless: true, loopbackOnly: true}),
        // Some tests ask what is left when the page has let go of its objects.
        '--js-flags=--expose-gc',
        ...switches,
      ],
    },
  });
}

async function launchFirefox(): Promise<BrowserLauncher> {
  return chromeLauncher({
    puppeteer,
    // Firefox slows background tabs down: one after the other is faster.
    concurrency: 1,
    launchOptions: {
      browser: 'firefox',
      executablePath: findFirefox(),
      extraPrefsFirefox: {
        'network.dns.disabled': true,
        // Some tests need windows of their own.
        'dom.disable_open_during_load': false,
      },
    },
  });
}

/** Never the user's own profile, and gone when the run ends. */
async function makeProfile(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'bgf-test-profile-'));
  process.once('exit', () => {
    rmSync(directory, {recursive: true, force: true, maxRetries: 3});
  });
  await prepareProfile(directory);
  return directory;
}
