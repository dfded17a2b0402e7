import {
  findChromium,
  findFirefox,
  findWebKit,
  whyMissing,
} from '../../../scripts/browser.js';
import {launchChromium} from './chromium.js';
import {launchFirefox} from './firefox.js';
import {KillableWebKit} from './webkit.js';
import type {KillableBrowser} from './killable.js';

export interface BrowserUnderTest {
  readonly name: string;
  /** Why it cannot be had here, if it cannot. */
  readonly missing: string | undefined;
  readonly launch: () => Promise<KillableBrowser>;
}

/** All in which downloads are to survive. */
export const BROWSERS: readonly BrowserUnderTest[] = [
  {
    name: 'Chromium',
    missing: whyMissing(findChromium),
    launch: () => launchChromium(),
  },
  {
    name: 'Firefox',
    missing: whyMissing(findFirefox),
    launch: () => launchFirefox(),
  },
  {
    name: 'WebKitGTK',
    missing: whyMissing(findWebKit),
    launch: () => KillableWebKit.launch(),
  },
];
