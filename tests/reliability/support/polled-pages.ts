import {createServer, type RequestListener} from 'node:http';
import {json} from 'node:stream/consumers';
import {listenOnLoopback, type Loopback} from '../../../scripts/loopback.js';
import {PolledPage, type Answer} from './polled-page.js';

/** In a page: asks for its orders where its URL's hash says, if it has one. */
export const FOLLOW_HASH = `<script>
  if (location.hash !== '') {
    const script = document.createElement('script');
    script.src = location.hash.slice(1);
    document.head.append(script);
  }
</script>`;

const FOLLOW = `{
  const {src} = document.currentScript;
  const run = async ({number, expression}) => {
    let answer;
    try {
      answer = {number, value: await (0, eval)(expression)};
    } catch (error) {
      answer = {number, error: String(error)};
    }
    const body = JSON.stringify(answer);
    // It may have been told to go away.
    await fetch(src, {method: 'POST', body, keepalive: true});
  };
  (async () => {
    for (;;) void run(await (await fetch(src + '/next')).json());
  })();
}`;

/**
 * Pages of a browser that keeps what it stores, and that no protocol drives
 * therefore: WebKitGTK's forgets all while it is driven.
 */
export class PolledPages {
  readonly #pages: PolledPage[] = [];
  #server: Loopback | undefined;

  static async listen(): Promise<PolledPages> {
    const pages = new PolledPages();
    pages.#server = await listenOnLoopback(createServer(pages.#serve));
    return pages;
  }

  /** A page of this server alone, of a site that has no other page here. */
  get blank(): string {
    return `${this.#url.replace('127.0.0.1', 'localhost')}/blank`;
  }

  /** Resolves when the URL that is given to `load` is shown. */
  async open(
    url: string,
    load: (url: string) => Promise<unknown>,
  ): Promise<PolledPage> {
    const page = new PolledPage();
    const number = this.#pages.push(page) - 1;
    await load(`${url}#${this.#url}/${number}`);
    await page.evaluate('undefined');
    return page;
  }

  /** All of them were killed, but these. */
  lose(kept: readonly PolledPage[] = []): void {
    for (const page of this.#pages) if (!kept.includes(page)) page.lose();
  }

  async close(): Promise<void> {
    this.lose();
    await this.#server?.close();
  }

  get #url(): string {
    return this.#server?.url ?? '';
  }

  readonly #serve: RequestListener = (request, response) => {
    const [, number = '', what] = (request.url ?? '').split('/');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.setHeader('Cache-Control', 'no-store');
    const page = this.#pages[Number(number)];
    if (page === undefined) {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<!doctype html><title>blank</title>${FOLLOW_HASH}`);
    } else if (what === 'next') {
      page.poll(response);
    } else if (request.method === 'POST') {
      void json(request).then(
        (answer) => {
          page.answer(answer as Answer);
          response.end();
        },
        () => response.destroy(),
      );
    } else {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(FOLLOW);
    }
  };
}
