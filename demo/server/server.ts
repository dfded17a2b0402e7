import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import {fileURLToPath} from 'node:url';
import {listenOnLoopback, type Loopback} from '../../scripts/loopback.js';
import type {InjectedLibrary} from './app-content.js';
import {sendText, type Exchange} from './exchange.js';
import {RequestLog} from './request-log.js';
import {prepareAudio, route, type Site} from './routes.js';

export interface DemoServerOptions {
  /** 0, or nothing, takes a free one. */
  readonly port?: number;
  /** Serve the app with the library form of the inspector put into it. */
  readonly injectLibrary?: InjectedLibrary;
  /** The built app; `dist/demo` when it is not given. */
  readonly app?: string;
  /** The built standalone panel; `dist/panel` when it is not given. */
  readonly panel?: string;
}

/** A running demo server, on loopback alone. */
export interface DemoServer {
  /** The app's origin, without a slash at the end. */
  readonly url: string;
  /** Another origin with the same routes. */
  readonly crossOrigin: string;
  /** Every request so far, of both origins. */
  readonly requests: RequestLog;
  /** Ends the connections as well. */
  close(): Promise<void>;
}

/**
 * Starts the podcast app's server: the app, its episodes, files that misbehave
 * on demand (`/resource?…`, see demo/README.md) and a log of every request.
 */
export async function startDemoServer(
  options: DemoServerOptions = {},
): Promise<DemoServer> {
  prepareAudio();
  const requests = new RequestLog();
  let crossOrigin = '';
  const site: Site = {
    app: options.app ?? fromRoot('dist/demo'),
    panel: options.panel ?? fromRoot('dist/panel'),
    library: options.injectLibrary,
    requests,
    crossOrigin: () => crossOrigin,
  };
  const attempts = new Map<string, number>();
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(openExchange(request, response, requests, attempts), site);
  };
  // No limit on how long an upload may take: some are slow on purpose.
  const listen = (port = 0): Promise<Loopback> =>
    listenOnLoopback(createServer({requestTimeout: 0}, handle), {port});
  const second = await listen();
  crossOrigin = second.url;
  const first = await listen(options.port).catch(async (error: unknown) => {
    await second.close();
    throw error;
  });
  return {
    url: first.url,
    crossOrigin,
    requests,
    close: async () => {
      await Promise.all([first.close(), second.close()]);
    },
  };
}

function openExchange(
  request: IncomingMessage,
  response: ServerResponse,
  requests: RequestLog,
  attempts: Map<string, number>,
): Exchange {
  const target = request.url ?? '/';
  const url = new URL(target, `http://${request.headers.host ?? 'localhost'}`);
  // The log is not about itself.
  const entry = url.pathname.startsWith('/__')
    ? undefined
    : requests.open(request);
  const attempt = (attempts.get(target) ?? 0) + 1;
  attempts.set(target, attempt);
  const gone = new AbortController();
  response.on('close', () => {
    entry?.end(response.writableFinished ? 'finished' : 'aborted');
    gone.abort();
  });
  return {request, response, url, entry, attempt, signal: gone.signal};
}

async function answer(exchange: Exchange, site: Site): Promise<void> {
  const {response, signal} = exchange;
  try {
    await route(exchange, site);
  } catch (error) {
    // The client went away: nobody is left to answer.
    if (signal.aborted) return;
    console.error(error);
    if (response.headersSent) response.destroy();
    else sendText(exchange, 500, 'Internal Server Error\n');
  }
}

function fromRoot(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
