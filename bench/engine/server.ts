import {randomFillSync} from 'node:crypto';
import {EventEmitter, once} from 'node:events';
import {readFile} from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import {extname, join} from 'node:path';
import {listenOnLoopback} from '../../scripts/loopback.js';

const MEBIBYTE = 2 ** 20;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
};

export interface FileServer {
  readonly url: string;
  /**
   * When the connection of a request for a file was closed before its end, in
   * milliseconds of epoch time; waits for it.
   */
  whenCut(path: string): Promise<number>;
  close(): Promise<void>;
}

/**
 * As plain and fast a server as there is: an app's folder, and
 * `/file?size=&rate=`, random bytes that take ranges, at full speed or so many
 * bytes a millisecond. Random, because databases compress what is not.
 */
export async function startFileServer(app: string): Promise<FileServer> {
  const content = randomFillSync(Buffer.alloc(64 * MEBIBYTE));
  const cuts = new EventEmitter();
  const cutAt = new Map<string, number>();
  const answer = async (
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    if (url.pathname === '/file') {
      response.once('close', () => {
        if (response.writableFinished) return;
        const at = performance.timeOrigin + performance.now();
        cutAt.set(request.url ?? '', at);
        cuts.emit('cut');
      });
      sendFile(request, response, url.searchParams, content);
      return;
    }
    const path = url.pathname === '/' ? '/index.html' : url.pathname;
    const body = await readFile(join(app, path)).catch(() => undefined);
    response.writeHead(body === undefined ? 404 : 200, {
      'Content-Type': TYPES[extname(path)] ?? 'text/plain',
      'Cache-Control': 'no-store',
    });
    response.end(body);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      response.destroy();
    });
  });
  const {url, close} = await listenOnLoopback(server);
  return {
    url,
    async whenCut(path) {
      for (;;) {
        const at = cutAt.get(path);
        if (at !== undefined) return at;
        await once(cuts, 'cut');
      }
    },
    close,
  };
}

function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  content: Buffer,
): void {
  const size = Number(query.get('size'));
  const rate = Number(query.get('rate') ?? 0);
  const [, first, last] =
    /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  const from = Number(first ?? 0);
  const to = last === undefined || last === '' ? size : Number(last) + 1;
  response.writeHead(first === undefined ? 200 : 206, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': to - from,
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'no-store',
    ETag: `"${size}"`,
    ...(first === undefined
      ? {}
      : {'Content-Range': `bytes ${from}-${to - 1}/${size}`}),
  });
  const piece = rate > 0 ? rate * 10 : MEBIBYTE;
  let at = from;
  /** Writes as much as is taken; again whenever there is room. */
  const pour = (): void => {
    while (at < to && !response.destroyed) {
      const start = at % content.length;
      const end = Math.min(start + piece, start + to - at, content.length);
      at += end - start;
      const isTaken = response.write(content.subarray(start, end));
      if (rate > 0) {
        setTimeout(pour, 10);
        return;
      }
      if (!isTaken) return;
    }
    response.end();
  };
  if (rate === 0) response.on('drain', pour);
  pour();
}
