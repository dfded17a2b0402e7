/** The user's own settings, which only a browser that is driven can change. */
import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {CDPSession} from 'puppeteer-core';
import {assertIntact, onSite, planDownload} from './support/on-site.js';
import {startFetch} from './support/site-page.js';

void test('a fetch is refused while its permission is denied', () =>
  onSite(async ({site, browser, page}) => {
    const session = await browser.browser.target().createCDPSession();
    await set(session, 'denied');
    const refused = await startFetch(page, planDownload('refused'));
    assert.match(refused ?? '', /^NotAllowedError/);
    await set(session, 'prompt');
    const plan = planDownload('allowed');
    assert.equal(await startFetch(page, plan), undefined);
    await assertIntact({site, page}, plan);
  }));

async function set(
  session: CDPSession,
  setting: 'denied' | 'prompt',
): Promise<void> {
  const permission = {name: 'background-fetch'};
  await session.send('Browser.setPermission', {permission, setting});
}
