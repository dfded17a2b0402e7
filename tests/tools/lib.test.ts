/** `dist/lib/`: what an app imports as `background-fetch-inspector/page`. */
import assert from 'node:assert/strict';
import {readFile} from 'node:fs/promises';
import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';
import puppeteer from 'puppeteer-core';
import {chromiumArgs, findChromium} from '../../scripts/browser.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
}

/** Serves the built modules, and an empty page for everything else. */
const server = createServer((request, response) => {
  const path = request.url ?? '/';
  if (!path.startsWith('/dist/lib/')) {
    response.setHeader('content-type', 'text/html').end('<!doctype html>');
    return;
  }
  readFile(root + path).then(
    (bytes) => response.setHeader('content-type', 'text/javascript').end(bytes),
    () => response.writeHead(404).end(),
  );
});

test('the npm exports are modules that announce themselves', async (context) => {
  const manifest = JSON.parse(
    await readFile(`${root}package.json`, 'utf8'),
  ) as Manifest;
  server.listen(0, '127.0.0.1');
  const browser = await puppeteer.launch({
    executablePath: findChromium(),
    args: chromiumArgs({headless: true, loopbackOnly: true}),
  });
  context.after(async () => {
    await browser.close();
    server.closeAllConnections();
    server.close();
  });
  const {port} = server.address() as AddressInfo;
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  for (const path of Object.values(manifest.exports)) {
    await page.reload();
    const announced = await page.evaluate(
      async (url) => {
        const panel = new BroadcastChannel('background-fetch-inspector');
        const heard = new Promise<unknown>((resolve) => {
          panel.addEventListener('message', ({data}) => resolve(data));
        });
        await import(url);
        return heard;
      },
      path.replace('.', ''),
    );
    assert.ok(
      typeof announced === 'object' &&
        announced !== null &&
        Reflect.get(announced, 'type') === 'announce',
      `${path} said ${JSON.stringify(announced)}`,
    );
  }
});
