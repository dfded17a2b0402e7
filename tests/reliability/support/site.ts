import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import {createServer as createSecureServer} from 'node:https';
import type {SecureContextOptions} from 'node:tls';
import {buffer} from 'node:stream/consumers';
import {sendContent} from '../../../demo/server/send-content.js';
import {listenOnLoopback, type Loopback} from '../../../scripts/loopback.js';
import {bundleClassicScript} from '../../../scripts/wtr/classic-scripts.js';
import {contentOf} from './files.js';
import {Ledger} from './ledger.js';
import {FOLLOW_HASH} from './polled-pages.js';
import type {Told} from './told.js';

/** A site whose worker and pages have the engine, and what it was told. */
export interface Site {
  readonly url: string;
  /** Where its worker is to tell what it has. */
  readonly witness: string;
  readonly ledger: Ledger;
  /** Files that are being sent. */
  readonly openDownloads: number;
  close(): Promise<void>;
}

const PAGE = `<!doctype html><title>site</title>
<script src="/page.js"></script>${FOLLOW_HASH}`;

/** @param tls makes it one of https */
export async function startSite(tls?: SecureContextOptions): Promise<Site> {
  const scripts = new Map([
    [
      '/page.js',
      await bundleClassicScript(
        'tests/inspector-core/engine/support/engine-page',
      ),
    ],
    [
      '/worker.js',
      await bundleClassicScript('tests/reliability/support/worker'),
    ],
  ]);
  const ledger = new Ledger();
  const attempts = new Map<string, number>();
  let openDownloads = 0;

  const serveFile = async (
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const {searchParams: query} = url;
    const range = /^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1];
    const record = Number(query.get('record'));
    const method = request.method ?? '';
    ledger.ask(query.get('id') ?? '', record, method, Number(range ?? 0));
    await buffer(request);
    const attempt = (attempts.get(url.search) ?? 0) + 1;
    attempts.set(url.search, attempt);
    const gone = new AbortController();
    openDownloads += 1;
    response.on('close', () => {
      openDownloads -= 1;
      gone.abort();
    });
    const {signal} = gone;
    // Pages of another site may read it, too.
    response.setHeader('Access-Control-Allow-Origin', '*');
    const exchange = {request, response, url, attempt, signal};
    await sendContent({...exchange, entry: undefined}, contentOf(url));
  };

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const url = new URL(request.url ?? '', `http://${request.headers.host}`);
    const script = scripts.get(url.pathname);
    if (script !== undefined) {
      response.setHeader('Content-Type', 'text/javascript');
      response.setHeader('Cache-Control', 'no-cache');
      response.end(script);
    } else if (url.pathname === '/file') {
      await serveFile(url, request, response);
    } else {
      response.setHeader('Content-Type', 'text/html');
      response.end(PAGE);
    }
  };

  const witness = await listen(async (request, response) => {
    ledger.tell(JSON.parse((await buffer(request)).toString()) as Told);
    response.end();
  });
  const site = await listen(serve, tls);
  return {
    url: site.url,
    witness: witness.url,
    ledger,
    get openDownloads() {
      return openDownloads;
    },
    async close() {
      await Promise.all([site.close(), witness.close()]);
    },
  };
}

async function listen(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  tls?: SecureContextOptions,
): Promise<Loopback> {
  const answer: RequestListener = (request, response) => {
    serve(request, response).catch((error: unknown) => {
      // Whoever asked was killed, most often; else it is told by this.
      if (!response.destroyed) console.error(error);
      response.destroy();
    });
  };
  return tls === undefined
    ? listenOnLoopback(createServer(answer))
    : listenOnLoopback(createSecureServer(tls, answer), {scheme: 'https'});
}
