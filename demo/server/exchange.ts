import type {
  IncomingMessage,
  OutgoingHttpHeaders,
  ServerResponse,
} from 'node:http';
import {setTimeout as sleep} from 'node:timers/promises';
import type {OpenRequest} from './request-log.js';

/** One request on its way through the server. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** Its line in the request log; undefined for the server's own pages. */
  readonly entry: OpenRequest | undefined;
  /** From 1: how often this very URL was asked for. */
  readonly attempt: number;
  /** Aborts when the connection is gone. */
  readonly signal: AbortSignal;
}

/** Sends the head, and writes it into the log. */
export function respond(
  {response, entry}: Exchange,
  status: number,
  headers: OutgoingHttpHeaders,
): void {
  // Nothing may answer for the server: the log must hold every request. A page
  // is only asked for anew: `no-store` would shut it out of the back-forward
  // cache, which the inspector is to be seen with.
  const isPage = String(headers['content-type']).startsWith('text/html');
  const all = {'cache-control': isPage ? 'no-cache' : 'no-store', ...headers};
  response.writeHead(status, all);
  entry?.respond(status, all);
}

/** Sends a short answer, whole. */
export function sendText(
  exchange: Exchange,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  const body = Buffer.from(text);
  respond(exchange, status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    ...headers,
  });
  if (exchange.request.method === 'HEAD') {
    exchange.response.end();
    return;
  }
  exchange.entry?.addSent(body.length);
  exchange.response.end(body);
}

/** Sends a value as JSON. */
export function sendJson(
  exchange: Exchange,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  sendText(exchange, 200, `${JSON.stringify(value)}\n`, {
    'content-type': 'application/json',
    ...headers,
  });
}

/** Waits until `bytes` are due at this rate, counted from `began`. */
export async function waitUntilDue(
  began: number,
  bytes: number,
  rate: number,
  signal: AbortSignal,
): Promise<void> {
  // Due times do not drift, as the sum of many short sleeps would.
  const wait = began + (bytes / rate) * 1000 - performance.now();
  if (wait > 0) await sleep(wait, undefined, {signal});
}
