/** The library form: two scripts in the page and its worker, a panel beside. */
import assert from 'node:assert/strict';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import puppeteer, {type Browser, type Page} from 'puppeteer-core';
import type {Session} from '../../panel/extension/session/session.js';
import type {LogEntry} from '../../inspector-core/protocol/protocol.js';
import {startDemoServer} from '../../demo/server/server.js';
import {
  chromiumArgs,
  findChromium,
  findFirefox,
  prepareProfile,
} from '../../scripts/browser.js';
import {eventually} from './support/eventually.js';
import {assertComplete} from './support/sequences.js';

const inject = (name: string): string =>
  fileURLToPath(new URL(`../../dist/inject/${name}`, import.meta.url));

const BROWSERS = {
  chromium: async (profile: string) => {
    await prepareProfile(profile);
    return puppeteer.launch({
      executablePath: findChromium(),
      userDataDir: profile,
      args: chromiumArgs({headless: true, loopbackOnly: true}),
    });
  },
  firefox: async () =>
    puppeteer.launch({browser: 'firefox', executablePath: findFirefox()}),
} satisfies Record<string, (profile: string) => Promise<Browser>>;

async function readEntries(panel: Page): Promise<readonly LogEntry[]> {
  const text = await panel.evaluate(() => {
    const {bgfSession} = globalThis as {bgfSession?: Pick<Session, 'log'>};
    return JSON.stringify(bgfSession?.log.slice(0) ?? []);
  });
  return JSON.parse(text) as readonly LogEntry[];
}

for (const [name, launch] of Object.entries(BROWSERS)) {
  test(`the panel as a page of its own, in ${name}`, async (context) => {
    const profile = await mkdtemp(join(tmpdir(), 'bgf-standalone-test-'));
    const server = await startDemoServer({
      injectLibrary: {page: inject('page.js'), worker: inject('worker.js')},
    });
    const browser = await launch(profile);
    context.after(async () => {
      await browser.close();
      await server.close();
      await rm(profile, {recursive: true, force: true, maxRetries: 5});
    });
    const panel = await browser.newPage();
    await panel.goto(`${server.url}/panel/`);
    const alone = (): Promise<boolean> =>
      panel.evaluate(
        () => document.querySelector<HTMLElement>('#alone')?.hidden === false,
      );
    assert.equal(await eventually(alone, (shown) => shown), true);

    const page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(() => window.demo.ready);
    const opened = (
      kind: string,
      entries: readonly LogEntry[],
    ): readonly LogEntry[] =>
      entries.filter(
        ({source, fact}) =>
          source.kind === kind && fact.type === 'realm-opened',
      );
    const entries = await eventually(
      () => readEntries(panel),
      (all) =>
        opened('page', all).length > 0 &&
        opened('service-worker', all).length > 0,
      {what: 'the page and its worker'},
    );
    assertComplete(entries);
    await eventually(alone, (shown) => !shown);

    const hasApi = await page.evaluate(() => window.demo.isAvailable);
    for (const {fact} of opened('page', entries)) {
      assert.ok(fact.type === 'realm-opened');
      assert.equal(fact.backgroundFetch, hasApi);
      assert.equal(fact.timing, 'before-scripts');
    }
    assert.equal(hasApi, true);
    // The demo says who does its downloads.
    const isEmulated = await page.evaluate(
      () => document.querySelector('.by-script') !== null,
    );
    assert.equal(isEmulated, name === 'firefox');
    const {ids} = await page.evaluate(() => window.demo.run('not-found'));
    const [id] = ids;
    const all = await eventually(
      () => readEntries(panel),
      (some) =>
        some.some(
          ({source, fact}) =>
            source.kind === 'service-worker' &&
            fact.type === 'event-dispatched' &&
            fact.registration.id === id,
        ),
      {what: 'the event of the failed fetch'},
    );
    const routed = all.flatMap(({fact}) =>
      fact.type === 'call-started' &&
      fact.invocation.method === 'fetch' &&
      fact.invocation.id === id
        ? [fact.invocation.routed]
        : [],
    );
    assert.deepEqual(routed, [
      isEmulated
        ? {route: 'emulated', why: 'no-native'}
        : {route: 'native', why: 'default'},
    ]);
    // What the panel shows of it, once it is in front: a hidden one is not drawn.
    await panel.bringToFront();
    const badge = await panel.waitForSelector(
      isEmulated
        ? 'bgf-panel >>> bgf-timeline >>> .badge'
        : 'bgf-panel >>> bgf-timeline >>> .fetch-row',
    );
    assert.match(
      (await badge?.evaluate(({textContent}) => textContent)) ?? '',
      isEmulated ? /^emulated$/ : /not-found/,
    );

    // A panel that comes later has the story from its beginning.
    const second = await browser.newPage();
    await second.goto(`${server.url}/panel/`);
    const heard = await eventually(
      () => readEntries(second),
      (some) => opened('page', some).length > 0,
      {what: 'the page in the second panel'},
    );
    assertComplete(heard);

    await page.goto('about:blank');
    const closed = await eventually(
      () => readEntries(panel),
      (some) =>
        some.some(
          ({fact}) =>
            fact.type === 'realm-closed' || fact.type === 'realm-suspended',
        ),
      {what: 'the end of the page'},
    );
    assertComplete(closed);
  });
}
