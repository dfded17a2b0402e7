import {origin} from '../../../platform/primordials.js';
import type {StoredRequest} from '../../storage/fetch-storage.js';

type NewRequest = Omit<StoredRequest, 'bodyLength'>;

const SIMPLE_METHODS = ['GET', 'HEAD', 'POST'];

/**
 * A request as the browser's download service makes it: it follows redirects
 * whatever it was told, knows nothing of integrity, passes the browser's cache
 * by, and asks no other origin for its leave: what would need a preflight fails,
 * with no traffic at all.
 */
export function prepare(request: NewRequest): NewRequest {
  return {
    ...request,
    redirect: 'follow',
    integrity: '',
    // It reads from another origin what allows it, all the same.
    mode: request.mode === 'same-origin' ? 'cors' : request.mode,
    cache: 'no-store',
    ...(needsPreflight(request) ? {blockedBy: 'preflight'} : {}),
  };
}

function needsPreflight({url, method, headers}: NewRequest): boolean {
  if (new URL(url).origin === origin) return false;
  return !SIMPLE_METHODS.includes(method) || !headers.every(isSafelisted);
}

/** `new Request()` of this mode leaves out what needs a preflight. */
function isSafelisted([name, value]: readonly [string, string]): boolean {
  const {headers} = new Request('about:blank', {
    method: 'POST',
    mode: 'no-cors',
    headers: [[name, value]],
  });
  return headers.has(name);
}
