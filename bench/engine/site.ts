import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Browser, CDPSession, Page} from 'puppeteer-core';
import {buildInjected} from '../../scripts/build.js';
import {withChromium} from '../browser.js';
import {startFileServer, type FileServer} from './server.js';

const PAGE =
  '<!doctype html><title>bench</title><script src="page.js"></script>';

export interface Site {
  readonly browser: Browser;
  readonly server: FileServer;
  /** A page with the engine, or the browser's own API. */
  open(kind: 'engine' | 'native'): Promise<Page>;
  /** A session with the engine's worker, which keeps it alive. */
  attachWorker(): Promise<CDPSession>;
}

/** Runs `work` on a browser and a site, both of its own. */
export async function withSite<T>(
  work: (site: Site) => Promise<T>,
): Promise<T> {
  const app = await mkdtemp(join(tmpdir(), 'bgf-bench-site-'));
  await writeFile(join(app, 'index.html'), PAGE);
  await buildInjected('bench/engine/page.ts', app);
  await buildInjected('bench/engine/worker.ts', app);
  const servers: FileServer[] = [];
  try {
    const server = await startFileServer(app);
    servers.push(server);
    // An origin of its own: they must not share a worker, nor the space.
    const native = await startFileServer(app);
    servers.push(native);
    return await withChromium(
      (browser) =>
        work({
          browser,
          server,
          async open(kind) {
            const page = await browser.newPage();
            await page.goto(
              kind === 'engine' ? `${server.url}/?engine` : `${native.url}/`,
            );
            await page.evaluate('measure.register()');
            return page;
          },
          async attachWorker() {
            const target = await browser.waitForTarget(
              (each) => each.url() === `${server.url}/worker.js?engine`,
            );
            return target.createCDPSession();
          },
        }),
      // DevTools would keep something of each request.
      {networkEnabled: false},
    );
  } finally {
    await Promise.all(servers.map((server) => server.close()));
    await rm(app, {recursive: true, force: true});
  }
}

/** What the page's own code measured (bench/engine/page.ts). */
export async function ask<T = number>(page: Page, call: string): Promise<T> {
  return (await page.evaluate(`measure.${call}`)) as T;
}
