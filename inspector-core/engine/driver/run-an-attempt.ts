import {
  describeResponse,
  getHeader,
  type ResponseHead,
} from '../algorithms/response-head.js';
import type {StartEffect} from '../core/effects.js';
import type {JobEvent} from '../core/events.js';
import type {Network} from '../seams/network.js';
import type {StoredRequest} from '../storage/fetch-storage.js';
import {requestForAttempt} from './make-request.js';
import {readChunks, type TakeBytes} from './read-chunks.js';

export interface Attempt {
  readonly start: StartEffect;
  readonly request: StoredRequest;
  /** The request's body, to be read only now. */
  readonly readBody: () => Promise<Blob | undefined>;
  readonly network: Network;
  readonly bufferSize: number;
  /** Aborted when the attempt is cancelled. */
  readonly signal: AbortSignal;
  readonly send: (event: JobEvent) => void;
  readonly take: TakeBytes;
}

/** One HTTP exchange of a record, told as events. Never rejects. */
export async function runAttempt({
  start,
  request,
  readBody,
  network,
  bufferSize,
  signal,
  send,
  take,
}: Attempt): Promise<void> {
  const {record, attempt} = start;
  if (request.blockedBy !== undefined) {
    // Not within the start itself: the machine is still at its last event.
    await Promise.resolve();
    if (signal.aborted) return;
    send({
      type: 'failed',
      record,
      attempt,
      isOffline: false,
      isRefused: true,
    });
    return;
  }
  try {
    const body = await readBody();
    const response = await network.fetch(
      requestForAttempt(request, start, body, signal),
    );
    signal.throwIfAborted();
    if (body !== undefined) {
      // Deviation: `fetch()` does not say how much of a body it has sent, only,
      // by the response, that it has.
      send({type: 'uploaded', record, attempt, length: body.size});
    }
    const head = describeResponse(response);
    send({type: 'response', record, attempt, head});
    if (response.body !== null) {
      let length = 0;
      // A response that is not wanted has closed its connection by now.
      await readChunks(response.body, bufferSize, async (bytes) => {
        signal.throwIfAborted();
        length += bytes.length;
        await take(bytes);
      });
      if (length < lengthOf(head, request.method)) {
        throw new TypeError('The body is cut.');
      }
    }
    signal.throwIfAborted();
    send({type: 'body-ended', record, attempt});
  } catch {
    // Of a network error a script is told nothing.
    if (signal.aborted) return;
    const isOffline = !network.isOnline();
    // Nor is it told what CORS refused: what is elsewhere may have been.
    const isRefused =
      !isOffline && new URL(request.url).origin !== globalThis.origin;
    send({type: 'failed', record, attempt, isOffline, isRefused});
  }
}

/**
 * How many bytes a body has at least, as far as that is known. WebKitGTK takes
 * one for whole whose connection is closed in order before all of it has come.
 */
function lengthOf(
  {type, headers}: ResponseHead,
  method: StoredRequest['method'],
): number {
  // Of other origins no script is told whether the body was compressed.
  const isKnown =
    type === 'basic' &&
    method !== 'HEAD' &&
    getHeader(headers, 'Content-Encoding') === undefined;
  const length = isKnown ? getHeader(headers, 'Content-Length') : undefined;
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : 0;
}
