import type {StartEffect} from '../core/effects.js';
import type {StoredRequest} from '../storage/fetch-storage.js';

/** A request as data. Its body stays unread. */
export function describeRequest(
  request: Request,
): Omit<StoredRequest, 'bodyLength'> {
  return {
    url: request.url,
    method: request.method,
    headers: [...request.headers],
    mode: request.mode,
    credentials: request.credentials,
    cache: request.cache,
    redirect: request.redirect,
    referrer: request.referrer,
    referrerPolicy: request.referrerPolicy,
    integrity: request.integrity,
  };
}

/** A request from data. */
export function restoreRequest(
  {url, mode, ...init}: StoredRequest,
  rest: RequestInit = {},
): Request {
  return new Request(url, {
    ...init,
    headers: init.headers.map(([name, value]) => [name, value]),
    // Nobody but the browser makes a request of this mode. What `fetch()` was
    // given came from a FetchEvent, and is of the same origin.
    mode: mode === 'navigate' ? 'same-origin' : mode,
    ...rest,
  });
}

/**
 * The request of one attempt.
 *
 * Deviation: it has no keepalive flag. A response that comes when the worker is
 * gone is of no use here, and fetch refuses more than 64 KiB of body with it.
 * `Accept-Encoding: identity`, which belongs to a Range, is added by `fetch()`.
 */
export function requestForAttempt(
  stored: StoredRequest,
  {rangeStart, ifRange}: Pick<StartEffect, 'rangeStart' | 'ifRange'>,
  body: Blob | undefined,
  signal: AbortSignal,
): Request {
  const request = restoreRequest(stored, {
    signal,
    ...(body === undefined ? {} : {body}),
  });
  if (rangeStart > 0) request.headers.set('Range', `bytes=${rangeStart}-`);
  if (ifRange !== undefined) request.headers.set('If-Range', ifRange);
  return request;
}
