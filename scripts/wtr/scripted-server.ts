import {once} from 'node:events';
import type {Writable} from 'node:stream';
import {setTimeout as delay} from 'node:timers/promises';
import {gzipSync} from 'node:zlib';
import type {IncomingMessage, ServerResponse} from 'node:http';
import type {TestRunnerConfig} from '@web/test-runner';
import type {ServedRequest, Step} from './scripted-step.js';

type Middleware = NonNullable<TestRunnerConfig['middleware']>[number];

/** By the `key` of the URL. */
const served = new Map<string, ServedRequest[]>();
const held = new Map<string, Set<ServerResponse>>();
const waiting = new Map<string, Set<() => void>>();

/**
 * A server that answers as its URL tells it to: well, or as badly as servers do.
 * - `/scripted?key=&size=&steps=`: the nth request with this key is answered by
 *   the nth of the steps (JSON), later ones by the last one.
 * - `/scripted-log?key=`: the requests there were, and how they ended.
 * - `/scripted-cut?key=`: cuts the connections that a step `drop` holds.
 * - `/scripted-release?key=`: lets go on what a step `hold` or `holdHead` holds.
 */
export const scriptedServer: Middleware = async (context, next) => {
  const query = new URLSearchParams(context.querystring);
  const key = query.get('key') ?? '';
  if (context.path === '/scripted-log') {
    context.set('Cache-Control', 'no-store');
    context.body = JSON.stringify(served.get(key) ?? []);
    return undefined;
  }
  if (context.path === '/scripted-cut') {
    for (const response of held.get(key) ?? []) response.destroy();
    held.delete(key);
    context.body = '';
    return undefined;
  }
  if (context.path === '/scripted-release') {
    for (const release of waiting.get(key) ?? []) release();
    waiting.delete(key);
    context.body = '';
    return undefined;
  }
  if (context.path !== '/scripted') return next();
  const requests = served.get(key) ?? [];
  served.set(key, requests);
  const steps = JSON.parse(query.get('steps') ?? '[]') as Step[];
  const step = steps[Math.min(requests.length, steps.length - 1)] ?? {};
  const {req, res} = context;
  const entry: {-readonly [P in keyof ServedRequest]: ServedRequest[P]} = {
    method: req.method ?? '',
    headers: flatten(req.headers),
    body: '',
    end: 'open',
  };
  requests.push(entry);
  // At once: who sees the request in the log may let it go.
  const isHeld = step.holdHead === true || step.hold !== undefined;
  const released = isHeld ? whenReleased(key) : undefined;
  res.once('finish', () => {
    entry.end = 'finished';
  });
  res.once('close', () => {
    if (entry.end === 'open') entry.end = 'closed';
  });
  context.respond = false;
  entry.body = await readBody(req);
  if (step.loop) {
    res.writeHead(302, {Location: req.url ?? ''}).end();
    return undefined;
  }
  if (step.silent) return undefined;
  if (step.hangUp) {
    res.destroy();
    return undefined;
  }
  await sendProcessing(res, step.processing ?? 0);
  if (res.closed) return undefined;
  if (step.holdHead) await released;
  const content = makeContent(Number(query.get('size') ?? 0));
  answer(res, entry, step, content, released);
  if (step.drop !== undefined) {
    held.set(key, new Set(held.get(key)).add(res));
  }
  return undefined;
};

/** What is served: each byte tells its place, well enough. */
function makeContent(size: number): Buffer {
  const content = Buffer.alloc(size);
  for (let place = 0; place < size; place += 1) {
    content[place] = (place * 31 + (place >>> 8)) % 251;
  }
  return content;
}

function answer(
  res: ServerResponse,
  entry: {headers: Readonly<Record<string, string>>; holds?: number},
  step: Step,
  content: Buffer,
  released: Promise<void> | undefined,
): void {
  const etag = step.etag ?? '"1"';
  const [, asked, last = ''] =
    /^bytes=(\d+)-(\d*)$/.exec(entry.headers['range'] ?? '') ?? [];
  const ifRange = entry.headers['if-range'];
  const from =
    asked !== undefined &&
    step.ranges !== false &&
    (step.status === 206 || ifRange === undefined || ifRange === etag)
      ? Number(asked)
      : 0;
  const isPart = asked !== undefined && from === Number(asked);
  const total = content.length;
  const to = isPart && last !== '' ? Math.min(Number(last) + 1, total) : total;
  const range =
    from < total ? `bytes ${from}-${to - 1}/${total}` : `bytes */${total}`;
  const status =
    !isPart || step.ranges === false ? 200 : from < total ? 206 : 416;
  const bytes = step.empty ? Buffer.alloc(0) : content.subarray(from, to);
  const body = step.gzip ? gzipSync(bytes) : bytes;
  const headers: Record<string, string> = {
    'Content-Type': 'application/octet-stream',
    'Cache-Control': 'no-store',
    ...(step.noEtag ? {} : {ETag: etag}),
    ...(step.gzip ? {'Content-Encoding': 'gzip'} : {}),
    ...(status === 200 ? {} : {'Content-Range': range}),
    ...(step.chunked || step.endless
      ? {}
      : {'Content-Length': `${body.length}`}),
    ...(step.headerBytes ? {'X-Long': 'x'.repeat(step.headerBytes)} : {}),
    ...step.headers,
  };
  res.writeHead(step.status ?? status, headers);
  res.flushHeaders();
  if (step.endless) {
    void pourForEver(res, content);
    return;
  }
  const length = step.drop ?? step.stall ?? step.hold;
  if (length === undefined) {
    res.end(body);
  } else {
    res.write(body.subarray(0, length));
    if (step.drop !== undefined) entry.holds = from + length;
    if (step.hold !== undefined) {
      void released?.then(() => res.end(body.subarray(length)));
    }
  }
}

function whenReleased(key: string): Promise<void> {
  return new Promise((resolve) => {
    waiting.set(key, new Set(waiting.get(key)).add(resolve));
  });
}

/** Informational responses, of which the client is told nothing. */
async function sendProcessing(
  res: ServerResponse,
  count: number,
): Promise<void> {
  for (let sent = 0; sent !== count && !res.closed; sent += 1) {
    res.writeProcessing();
    await whenTaken(res.socket);
  }
}

async function pourForEver(
  res: ServerResponse,
  content: Buffer,
): Promise<void> {
  while (!res.closed) {
    res.write(content);
    await whenTaken(res);
  }
}

/**
 * Resolves when there is room again, or nobody who takes anything. Not at once:
 * WebKit takes in all that comes, and does nothing else for as long as it comes.
 */
async function whenTaken(stream: Writable | null): Promise<void> {
  if (stream?.writableNeedDrain === true) {
    const taken = new AbortController();
    const {signal} = taken;
    const first = (name: string): Promise<unknown> =>
      once(stream, name, {signal}).catch(() => {});
    await Promise.race([first('drain'), first('close')]);
    taken.abort();
  }
  await delay(1);
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, String(value)]),
  );
}
