/**
 * `npm start [URL]`: builds, serves the demo on loopback and opens Chromium
 * with the extension on it (or on the given URL), DevTools open at our tab.
 * Without a display it serves the demo with the library form instead, and the
 * panel as a page of its own.
 */
import {existsSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import puppeteer, {type Browser} from 'puppeteer-core';
import {startDemoServer, type DemoServer} from '../demo/server/server.js';
import {chromiumArgs, findChromium, prepareProfile} from './browser.js';
import {buildAll} from './build.js';
import {openPanel} from './open-panel.js';

const USAGE = `npm start -- [URL] [--headless-server] [--port N]

  URL                open this page instead of the demo
  --headless-server  no browser: serve the demo with the library in it, and the
                     standalone panel (also what happens without a display)
  --port N           the demo's port; a free one if it is not given
  --help             this text`;

interface Choices {
  readonly url: string | undefined;
  readonly port: number;
  readonly isServerOnly: boolean;
}

function readChoices(): Choices {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      'headless-server': {type: 'boolean', default: false},
      port: {type: 'string', default: '0'},
      help: {type: 'boolean', default: false},
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(
      `--port must be a number up to 65535, not "${values.port}".`,
    );
  }
  const [url] = positionals;
  if (url !== undefined && !URL.canParse(url)) {
    throw new Error(
      `"${url}" is no URL: write it with its http:// or https://.`,
    );
  }
  return {url, port, isServerOnly: values['headless-server']};
}

function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  const {DISPLAY, WAYLAND_DISPLAY} = process.env;
  return Boolean(DISPLAY) || Boolean(WAYLAND_DISPLAY);
}

/** Serves the demo with the library in it, until Ctrl+C. */
async function serveLibrary(port: number): Promise<void> {
  const server = await startDemoServer({
    port,
    injectLibrary: {
      page: 'dist/inject/page.js',
      worker: 'dist/inject/worker.js',
      conditions: 'dist/inject/conditions.js',
    },
  });
  console.log(`
Demo:   ${server.url}/
Panel:  ${server.url}/panel/

Open both in one browser, the panel beside the demo. Ctrl+C ends it.`);
  await interrupted();
  await server.close();
}

/** Opens the browser on the demo or on the given page, until it is closed. */
async function openBrowser({url, port}: Choices): Promise<void> {
  const executablePath = findChromium();
  const server = url === undefined ? await startDemoServer({port}) : undefined;
  const profile = await mkdtemp(join(tmpdir(), 'background-fetch-inspector-'));
  let browser: Browser | undefined;
  try {
    await prepareProfile(profile);
    browser = await puppeteer.launch({
      executablePath,
      headless: false,
      // Unpacked extensions are loaded over the pipe only.
      pipe: true,
      enableExtensions: [join(process.cwd(), 'dist/extension')],
      userDataDir: profile,
      defaultViewport: null,
      // Ctrl+C is ours: the server and the profile go with the browser.
      handleSIGINT: false,
      args: [...chromiumArgs(), '--window-size=1440,960'],
    });
    await visit(browser, url, server);
  } finally {
    await browser?.close();
    await server?.close();
    // Chromium may still be writing for a moment.
    await rm(profile, {recursive: true, force: true, maxRetries: 5});
  }
}

async function visit(
  browser: Browser,
  url: string | undefined,
  server: DemoServer | undefined,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    browser.once('disconnected', () => resolve());
  });
  const [page = await browser.newPage()] = await browser.pages();
  const address = url ?? `${server?.url}/`;
  // DevTools first: recording begins when it opens, and so misses nothing.
  const opened = openPanel(page).then(async () => {
    console.log(`\nOpen: ${address}, DevTools at the "Background Fetch" tab.`);
    console.log('Close the browser or press Ctrl+C to end.');
    await page.goto(address).catch((error: unknown) => {
      console.error(`${address} could not be opened: ${describe(error)}`);
    });
  });
  // A browser that is closed meanwhile rejects what was asked of it.
  opened.catch(() => undefined);
  await Promise.race([opened, closed, interrupted()]);
  await Promise.race([closed, interrupted()]);
}

let interruption: Promise<void> | undefined;

async function interrupted(): Promise<void> {
  interruption ??= new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve());
    }
  });
  return interruption;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function main(choices: Choices): Promise<void> {
  console.log('Building…');
  await buildAll();
  if (choices.isServerOnly) {
    await serveLibrary(choices.port);
  } else if (!hasDisplay()) {
    console.log(
      'There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no browser is opened.',
    );
    if (choices.url !== undefined) {
      console.log(
        'A page of your own needs the browser; this is the demo, with the library form.',
      );
    }
    await serveLibrary(choices.port);
  } else if (existsSync('dist/extension/manifest.json')) {
    await openBrowser(choices);
  } else {
    console.log('There is no dist/extension, so no browser is opened.');
    await serveLibrary(choices.port);
  }
}

try {
  await main(readChoices());
} catch (error) {
  console.error(`\n${describe(error)}`);
  process.exitCode = 1;
}
