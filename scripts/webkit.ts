/**
 * WebKitGTK's small browser over WebDriver, without a window of the user's: a
 * client of our own, because those on the registry bring hundreds of packages.
 */
import type {ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import type {Readable} from 'node:stream';
import {setTimeout as delay} from 'node:timers/promises';
import {findWebKit, type WebKit} from './browser.js';
import {keepChildren, whenExited, type Children} from './children.js';
import {findPort} from './loopback.js';

/** A browser that runs, with one window. */
export interface WebKitSession {
  readonly open: (url: string) => Promise<void>;
  /** Runs the body of an async function in the page; resolves with its value. */
  readonly run: (body: string, ...args: readonly unknown[]) => Promise<unknown>;
  /** Opens another window, or tab, and drives that one from now on. */
  readonly openWindow: (url: string) => Promise<string>;
  readonly switchTo: (window: string) => Promise<void>;
  readonly currentWindow: () => Promise<string>;
  /** What the window shows, as PNG. */
  readonly takePicture: () => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

const STARTING_TAKES_MS = 20_000;
/** Some of what is run in a page downloads megabytes, on purpose slowly. */
const SCRIPT_TAKES_MS = 120_000;
const ENDING_TAKES_MS = 5_000;

/** Starts a browser with a profile of its own, which goes with it. */
export async function startWebKit(
  programs: WebKit = findWebKit(),
): Promise<WebKitSession> {
  const {start, end} = keepChildren();
  try {
    const display = await startDisplay(programs, start);
    const port = await findPort();
    start(programs.driver, ['--host=127.0.0.1', `--port=${port}`], {
      env: display,
    });
    const driver = `http://127.0.0.1:${port}`;
    await whenReady(driver);
    const created = (await call(driver, 'POST', '/session', {
      capabilities: {
        alwaysMatch: {
          browserName: 'MiniBrowser',
          timeouts: {script: SCRIPT_TAKES_MS},
          'webkitgtk:browserOptions': {
            binary: programs.browser,
            args: ['--automation'],
          },
        },
      },
    })) as {readonly sessionId: string};
    return makeSession(`${driver}/session/${created.sessionId}`, end);
  } catch (error) {
    await end();
    throw error;
  }
}

function makeSession(base: string, end: () => Promise<void>): WebKitSession {
  const open = async (url: string): Promise<void> => {
    await call(base, 'POST', '/url', {url});
  };
  const switchTo = async (handle: string): Promise<void> => {
    await call(base, 'POST', '/window', {handle});
  };
  return {
    open,
    switchTo,
    run: (body, ...args) =>
      call(base, 'POST', '/execute/sync', {
        script: `return (async function () {${body}}).apply(undefined, arguments);`,
        args,
      }),
    async openWindow(url) {
      const {handle} = (await call(base, 'POST', '/window/new', {
        type: 'window',
      })) as {readonly handle: string};
      await switchTo(handle);
      await open(url);
      return handle;
    },
    currentWindow: async () => String(await call(base, 'GET', '/window')),
    takePicture: async () =>
      Buffer.from(String(await call(base, 'GET', '/screenshot')), 'base64'),
    async close() {
      // It lets the browser tidy up, and is not waited for if that hangs.
      const ended = new AbortController();
      await Promise.race([
        call(base, 'DELETE', '').catch(() => undefined),
        delay(ENDING_TAKES_MS, undefined, {signal: ended.signal}).catch(
          () => undefined,
        ),
      ]);
      ended.abort();
      await end();
    },
  };
}

/** The environment of a browser on the user's own display, or on one that nobody sees. */
export async function startDisplay(
  {display}: WebKit,
  start: Children['start'],
): Promise<NodeJS.ProcessEnv> {
  // There is no GPU behind a display without a screen.
  const env = {LIBGL_ALWAYS_SOFTWARE: '1'};
  if (display === undefined) return env;
  const server = start(display, [
    // It takes the first free number, and tells it on the fourth channel.
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1280x900x24',
    '-nolisten',
    'tcp',
  ]);
  const number = await firstWord(server);
  return {...env, DISPLAY: `:${number}`};
}

async function firstWord(child: ChildProcess): Promise<string> {
  const ended = whenExited(child).then(() => {
    throw new Error(`${child.spawnfile} ended before it was ready.`);
  });
  const [data] = (await Promise.race([
    once(child.stdio[3] as Readable, 'data'),
    ended,
  ])) as [Buffer];
  return data.toString().trim();
}

async function whenReady(driver: string): Promise<void> {
  const limit = Date.now() + STARTING_TAKES_MS;
  for (;;) {
    try {
      await call(driver, 'GET', '/status');
      return;
    } catch (error) {
      if (Date.now() > limit) throw error;
      await delay(50);
    }
  }
}

async function call(
  base: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(base + path, {
    method,
    ...(body === undefined ? {} : {body: JSON.stringify(body)}),
    headers: {'Content-Type': 'application/json'},
  });
  const {value} = (await response.json()) as {readonly value: unknown};
  if (response.ok) return value;
  const {error, message} = value as {
    readonly error: string;
    readonly message: string;
  };
  throw new Error(`WebKit: ${error}: ${message}`);
}
