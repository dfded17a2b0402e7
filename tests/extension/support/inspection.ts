import type {Page} from 'puppeteer-core';
import type {SituationRun} from '../../../demo/app/situations/run.js';
import {startDemoServer, type DemoServer} from '../../../demo/server/server.js';
import {launchBrowser, type InspectedBrowser} from './browser.js';
import {Inspector} from './inspector.js';

// Declares `window.demo`, which the tests drive.
export type {Demo} from '../../../demo/app/app.js';

/** The demo in a fresh browser, with DevTools open and recording. */
export interface Inspection extends InspectedBrowser {
  readonly server: DemoServer;
  readonly page: Page;
  readonly inspector: Inspector;
}

export interface InspectionOptions {
  readonly extension?: string;
  /** Whether entries outlive a navigation; true if it is not given. */
  readonly preserveLog?: boolean;
}

/** Starts all of it; `close` ends all of it. */
export async function inspectDemo({
  extension,
  preserveLog = true,
}: InspectionOptions = {}): Promise<Inspection> {
  const server = await startDemoServer();
  const launched = await launchBrowser(extension);
  const close = async (): Promise<void> => {
    await launched.close();
    await server.close();
  };
  try {
    const page = await openPage(launched, server.url);
    const inspector = await Inspector.open(page);
    await inspector.showPanel();
    await inspector.attachment();
    await inspector.execute({type: 'preserve-log', preserve: preserveLog});
    return {...launched, server, page, inspector, close};
  } catch (error) {
    await close();
    throw error;
  }
}

/** A new tab on the demo, once its worker is there. */
export async function openPage(
  {browser}: Pick<InspectedBrowser, 'browser'>,
  url: string,
): Promise<Page> {
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  await page.goto(url);
  await page.evaluate(() => window.demo.ready);
  return page;
}

/** Runs one of the demo's situations to its end. */
export const runSituation = (
  {page}: Pick<Inspection, 'page'>,
  name: string,
): Promise<SituationRun> =>
  page.evaluate((wanted) => window.demo.run(wanted), name);
