import {
  describeResponse,
  getHeader,
  NULL_BODY_STATUSES,
  type ResponseHead,
} from '../algorithms/response-head.js';
import type {StartEffect} from '../core/effects.js';
import type {JobEvent} from '../core/events.js';
import {origin} from '../../platform/primordials.js';
import type {Clock} from '../../seams/clock.js';
import type {AttemptContext, Network} from '../../seams/network.js';
import {verdictOf, type Verdict} from '../../seams/verdict.js';
import type {StoredRequest} from '../storage/fetch-storage.js';
import {planBlobParts, type BlobParts} from './blob-parts.js';
import {requestForAttempt} from './make-request.js';
import {readBlobParts} from './read-blob-parts.js';
import {NetworkFailure, overNetwork} from './network-failure.js';
import {openChunks, type ChunkReader, type TakeBytes} from './read-chunks.js';

export interface Attempt {
  readonly start: StartEffect;
  readonly request: StoredRequest;
  /** The request's body, to be read only now. */
  readonly readBody: () => Promise<Blob | undefined>;
  readonly network: Network;
  /** What the network is told of the fetch that it is part of. */
  readonly fetch: Pick<
    AttemptContext,
    'key' | 'fetchId' | 'records' | 'downloadTotal'
  >;
  readonly clock: Clock;
  readonly bufferSize: number;
  /** Given if the body may come in large parts that are not counted. */
  readonly blobParts: BlobParts | undefined;
  /** Aborted when the attempt is cancelled. */
  readonly signal: AbortSignal;
  /** Resolves when the request may go out, with what is called when it is over. */
  readonly enter: () => Promise<() => void>;
  /** The request goes out, with these headers. */
  readonly onSend: (headers: Headers) => void;
  readonly send: (event: JobEvent) => void;
  readonly take: TakeBytes;
  readonly takeBlob: (blob: Blob) => Promise<void>;
  /** What no network does has come: it is brought about elsewhere. */
  readonly obey: (verdict: Verdict) => void;
  /** Our own code failed. */
  readonly onFault: (error: unknown) => void;
  /** The server promised parts, and may not keep it. */
  readonly onPartsFailed: () => void;
}

/** One exchange of a record, told as events. Never rejects. */
export async function runAttempt(attempt: Attempt): Promise<void> {
  const {start, request, readBody, network, signal, send} = attempt;
  const who = {record: start.record, attempt: start.attempt};
  if (request.blockedBy !== undefined) {
    // Not within the start itself: the machine is still at its last event.
    await Promise.resolve();
    if (signal.aborted) return;
    send({type: 'failed', ...who, isOffline: false, isRefused: true});
    return;
  }
  let leave: (() => void) | undefined;
  let beganOffline = false;
  try {
    leave = await attempt.enter();
    beganOffline = !network.isOnline();
    const body = await readBody();
    const sent = requestForAttempt(request, start, body, signal);
    attempt.onSend(sent.headers);
    let uploaded = 0;
    const onUpload = (length: number): void => {
      uploaded += length;
      send({type: 'uploaded', ...who, length});
    };
    const response = await overNetwork(
      network.fetch(sent, {
        ...attempt.fetch,
        ...who,
        received: start.rangeStart,
        uploadLength: body?.size ?? 0,
        onUpload,
      }),
    );
    signal.throwIfAborted();
    // Deviation: `fetch()` does not say how much of a body it has sent, only,
    // by the response, that it has.
    if (body !== undefined) onUpload(body.size - uploaded);
    const head = describeResponse(response);
    send({type: 'response', ...who, head});
    // A response that is not wanted has closed its connection by now.
    signal.throwIfAborted();
    if (response.body !== null) {
      const reader = openChunks(response.body, attempt.bufferSize);
      // WebKitGTK now and then forgets the signal of a request that was answered,
      // and goes on receiving.
      signal.addEventListener('abort', () => reader.cancel(), {once: true});
      const isWhole = await readToEnd(attempt, reader, head);
      if (!isWhole) {
        // From now on it is counted.
        send({type: 'stopped-short', ...who});
        return;
      }
    }
    signal.throwIfAborted();
    send({type: 'body-ended', ...who});
  } catch (error) {
    if (signal.aborted) return;
    if (!(error instanceof NetworkFailure)) {
      attempt.onFault(error);
      attempt.obey({type: 'fail', reason: 'fetch-error'});
      return;
    }
    const verdict = verdictOf(error.cause);
    if (verdict !== undefined) {
      attempt.obey(verdict);
      return;
    }
    // Of a network error a script is told nothing; and when it is told, the
    // network may be back.
    const isOffline = beganOffline || !network.isOnline();
    // Nor is it told what CORS refused: what is elsewhere may have been.
    const isRefused = !isOffline && new URL(request.url).origin !== origin;
    send({type: 'failed', ...who, isOffline, isRefused});
  } finally {
    leave?.();
  }
}

/** False if it stopped before the end, because of how the parts came. */
async function readToEnd(
  attempt: Attempt,
  reader: ChunkReader,
  head: ResponseHead,
): Promise<boolean> {
  const {start, request, clock, signal, take, blobParts: route} = attempt;
  const plan = route && planBlobParts(request, start.rangeStart, head);
  let position = plan?.from ?? 0;
  let length = 0;
  let since = clock.now();
  let sampled = 0;
  for (;;) {
    const bytes = await overNetwork(reader.read());
    if (bytes === undefined) {
      if (length < lengthOf(head, request.method)) {
        throw new NetworkFailure('The body is cut.');
      }
      return true;
    }
    signal.throwIfAborted();
    length += bytes.length;
    await take(bytes);
    if (route === undefined || plan === undefined) continue;
    position += bytes.length;
    sampled += bytes.length;
    if (sampled < route.sample) continue;
    const now = clock.now();
    const isFast = sampled >= (now - since) * route.slowest;
    since = now;
    sampled = 0;
    if (!isFast || plan.complete - position < route.smallest) continue;
    // It was when the attempt began; conditions may have begun since.
    if (!route.isAllowed(request)) continue;
    const leave = route.enter();
    if (leave === undefined) continue;
    try {
      signal.throwIfAborted();
      // First: the browser opens few connections, and the parts may need it.
      reader.cancel();
      const {takeBlob: takePart} = attempt;
      const end = await readBlobParts({
        route,
        plan,
        request,
        position,
        network: route.network ?? attempt.network,
        clock,
        signal,
        take: takePart,
      });
      if (end === 'refused') attempt.onPartsFailed();
      return end === 'done';
    } catch (error) {
      // It may be the network; or the server, which some parts are too much for.
      attempt.onPartsFailed();
      throw error;
    } finally {
      leave();
    }
  }
}

/**
 * How many bytes a body has at least, as far as that is known. WebKitGTK takes
 * one for whole whose connection is closed in order before all of it has come.
 */
function lengthOf(
  {type, status, headers}: ResponseHead,
  method: StoredRequest['method'],
): number {
  // Of other origins no script is told whether the body was compressed.
  const isKnown =
    type === 'basic' &&
    // These have no content, whatever they say of its length (RFC 9110, 6.4.1).
    method !== 'HEAD' &&
    !NULL_BODY_STATUSES.includes(status) &&
    getHeader(headers, 'Content-Encoding') === undefined;
  const length = isKnown ? getHeader(headers, 'Content-Length') : undefined;
  return length !== undefined && /^\d+$/.test(length) ? Number(length) : 0;
}
