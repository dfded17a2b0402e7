import {once} from 'node:events';
import type {OutgoingHttpHeaders} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Content} from './content.js';
import {respond, sendText, waitUntilDue, type Exchange} from './exchange.js';
import {parseFaults, type Faults} from './faults.js';
import {
  allowsRange,
  isNotModified,
  parseRange,
  type Validators,
} from './range.js';

/** Answers with a piece of content: conditions, ranges, pace and faults. */
export async function sendContent(
  exchange: Exchange,
  content: Content,
): Promise<void> {
  const {request, url, attempt, signal} = exchange;
  const faults = parseFaults(url.searchParams, attempt, content.size);
  if (faults.latency > 0) await sleep(faults.latency, undefined, {signal});
  const cors = corsHeaders(exchange, faults);
  if (faults.status !== undefined) {
    sendText(exchange, faults.status, `Status ${faults.status}, as asked.\n`, {
      ...cors,
      ...(faults.retryAfter === undefined
        ? {}
        : {'retry-after': faults.retryAfter}),
    });
    return;
  }
  const validators = validatorsOf(content, faults, attempt);
  const headers: OutgoingHttpHeaders = {
    ...cors,
    ...(validators.etag === undefined ? {} : {etag: validators.etag}),
    ...(validators.lastModified === undefined
      ? {}
      : {'last-modified': validators.lastModified}),
    ...(faults.ranges ? {'accept-ranges': 'bytes'} : {}),
    'content-type': content.type,
  };
  if (isNotModified(request.headers, validators)) {
    respond(exchange, 304, headers);
    exchange.response.end();
    return;
  }
  const range =
    faults.ranges && allowsRange(ifRangeOf(exchange), validators)
      ? parseRange(request.headers.range, content.size)
      : undefined;
  if (range === 'unsatisfiable') {
    sendText(exchange, 416, 'Range Not Satisfiable\n', {
      ...headers,
      'content-type': 'text/plain; charset=utf-8',
      'content-range': `bytes */${content.size}`,
    });
    return;
  }
  const first = range?.first ?? 0;
  const end = range === undefined ? content.size : range.last + 1;
  respond(exchange, range === undefined ? 200 : 206, {
    ...headers,
    ...(range === undefined
      ? {}
      : {'content-range': `bytes ${first}-${end - 1}/${content.size}`}),
    ...(faults.length ? {'content-length': end - first} : {}),
  });
  if (request.method === 'HEAD') exchange.response.end();
  else await sendBody(exchange, content.slices(first, end), faults);
}

async function sendBody(
  exchange: Exchange,
  slices: Iterable<Uint8Array>,
  {rate, drop, reset}: Faults,
): Promise<void> {
  const {response, entry, signal} = exchange;
  const began = performance.now();
  let sent = 0;
  // 20 pieces a second look like a stream, and cost nothing.
  const step =
    rate === undefined ? Infinity : Math.max(1, Math.ceil(rate / 20));
  response.flushHeaders();
  for (const slice of slices) {
    for (let at = 0; at < slice.length;) {
      const room = Math.min(step, (drop ?? Infinity) - sent);
      const piece = slice.subarray(at, at + room);
      at += piece.length;
      if (rate !== undefined) {
        await waitUntilDue(began, sent + piece.length, rate, signal);
      }
      if (piece.length > 0 && !response.write(piece)) {
        await once(response, 'drain', {signal});
      }
      sent += piece.length;
      entry?.addSent(piece.length);
      if (sent === drop) {
        entry?.end('dropped');
        // Not destroy(): what was written must still arrive, so that the log's
        // count is the client's.
        if (reset) response.socket?.resetAndDestroy();
        else response.socket?.destroySoon();
        return;
      }
    }
  }
  response.end();
}

function validatorsOf(
  {etag, lastModified}: Content,
  faults: Faults,
  attempt: number,
): Validators {
  if (faults.etag === 'none' || etag === undefined) return {lastModified};
  if (faults.etag === 'stable') return {etag, lastModified};
  return {etag: etag.replace(/"$/, `-${attempt}"`)};
}

function ifRangeOf({request}: Exchange): string | undefined {
  const header = request.headers['if-range'];
  return Array.isArray(header) ? header[0] : header;
}

/** The headers that let another origin read the answer, when it is asked. */
export function corsHeaders(
  {request}: Exchange,
  {cors}: Pick<Faults, 'cors'>,
): OutgoingHttpHeaders {
  if (!cors) return {};
  return {
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-allow-methods': 'GET, HEAD, POST, PUT',
    'access-control-allow-headers':
      request.headers['access-control-request-headers'] ?? '*',
    'access-control-expose-headers': '*',
  };
}
