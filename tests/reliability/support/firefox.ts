import type {ChildProcess} from 'node:child_process';
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import type {Page} from 'puppeteer-core';
import {findFirefox} from '../../../scripts/browser.js';
import {killEach, listProcesses} from './processes.js';
import {PuppeteerBrowser} from './puppeteer-browser.js';
import {readSize} from './read-size.js';

/** @param preferences as `about:config` has them */
export function launchFirefox(
  preferences: Readonly<Record<string, unknown>> = {},
): Promise<PuppeteerBrowser> {
  return PuppeteerBrowser.launch({
    options: {
      browser: 'firefox',
      executablePath: findFirefox(),
      extraPrefsFirefox: {'network.dns.disabled': true, ...preferences},
    },
    prepareStart: forgetPreferences,
    crash,
    readUsage: (_, profile) => readSize(join(profile, 'storage', 'default')),
  });
}

/**
 * Puppeteer writes them at each start. If there were some, it would put them back
 * at some time after the browser has ended, when the next one may read them.
 */
async function forgetPreferences(profile: string): Promise<void> {
  for (const name of ['prefs.js', 'user.js']) {
    await rm(join(profile, name), {force: true});
  }
}

/** All that show content: nobody tells which of them has the page, and the worker. */
async function crash(_: Page, main: ChildProcess): Promise<void> {
  await killEach(await listProcesses(main, '-isForBrowser'));
}
