import {createServer, type ServerResponse} from 'node:http';
import {listenOnLoopback} from '../../../scripts/loopback.js';

/** A site of an attacker, on loopback: any page, with any headers. */
export interface HostileSite {
  readonly url: string;
  /** Serves this document at `/name`, with these headers. */
  page(name: string, html: string, headers?: Record<string, string>): string;
  close(): Promise<void>;
}

/** A worker like any. */
const WORKER = `
  self.addEventListener('install', () => self.skipWaiting());
  self.addEventListener('activate', (event) =>
    event.waitUntil(self.clients.claim()));
  for (const name of ['success', 'fail', 'abort', 'click']) {
    // Held for long enough that a page can read the records.
    self.addEventListener('backgroundfetch' + name, (event) =>
      event.waitUntil(new Promise((done) => setTimeout(done, 5_000))));
  }
`;

/**
 * `/worker.js`, `/file?bytes=N` and `/endless`, beside the pages that a test
 * puts there.
 */
export async function startHostileSite(): Promise<HostileSite> {
  const pages = new Map<string, (response: ServerResponse) => void>();
  const server = createServer((request, response) => {
    const {pathname, searchParams} = new URL(request.url ?? '/', 'http://x');
    const show = pages.get(pathname);
    if (show !== undefined) {
      show(response);
    } else if (pathname === '/worker.js') {
      response.setHeader('content-type', 'text/javascript');
      response.end(WORKER);
    } else if (pathname === '/file') {
      response.end('x'.repeat(Number(searchParams.get('bytes') ?? 10)));
    } else if (pathname === '/endless') {
      response.writeHead(200, {'content-length': '1000000'});
      response.write('x'.repeat(1_000));
    } else {
      response.writeHead(404).end();
    }
  });
  const {url, close} = await listenOnLoopback(server);
  return {
    url,
    page(name, html, headers = {}) {
      pages.set(`/${name}`, (response) => {
        response.writeHead(200, {'content-type': 'text/html', ...headers});
        response.end(html);
      });
      return `${url}/${name}`;
    },
    close,
  };
}
