import {PassThrough} from 'node:stream';
import {setTimeout as delay} from 'node:timers/promises';
import type {TestRunnerConfig} from '@web/test-runner';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

const CHUNK = 16 * 1024;

/**
 * What the tests load, made to order:
 * - `…/blank.html?csp=&report-only=`: an empty page below any folder, such as a
 *   worker's scope, with these policies.
 * - `/script.html?script=`: a page with this script alone.
 * - `/resource?size=&status=&pause=&name=`: `size` bytes with that status;
 *   with `pause`, a chunk of 16 kB each so many milliseconds. `name` only makes
 *   the URL another one.
 */
export const resources: Middleware = (context, next) => {
  const query = new URLSearchParams(context.querystring);
  if (context.path.endsWith('/blank.html')) {
    context.type = 'html';
    context.body = '<!doctype html><title>blank</title>';
    const policy = query.get('csp');
    const tried = query.get('report-only');
    if (policy !== null) context.set('Content-Security-Policy', policy);
    if (tried !== null) {
      context.set('Content-Security-Policy-Report-Only', tried);
    }
    return undefined;
  }
  if (context.path === '/script.html') {
    context.type = 'html';
    context.body = `<!doctype html><script src="${encodeURI(query.get('script') ?? '')}"></script>`;
    return undefined;
  }
  if (context.path !== '/resource') return next();
  const size = Number(query.get('size') ?? 0);
  const pause = query.get('pause');
  context.status = Number(query.get('status') ?? 200);
  context.set('Content-Type', 'application/octet-stream');
  context.set('Cache-Control', 'no-store');
  context.set('X-Test', 'yes');
  context.body =
    pause === null ? Buffer.alloc(size, 1) : trickle(size, Number(pause));
  context.length = size;
  return undefined;
};

function trickle(size: number, pause: number): PassThrough {
  const stream = new PassThrough();
  const pour = async (): Promise<void> => {
    for (let left = size; left > 0 && !stream.destroyed; left -= CHUNK) {
      stream.write(Buffer.alloc(Math.min(CHUNK, left), 1));
      await delay(pause);
    }
    stream.end();
  };
  void pour();
  return stream;
}
