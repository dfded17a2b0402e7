import type {ResponseHead} from '../../algorithms/response-head.js';
import {showOver} from '../../surface/show-over.js';

/** Sorted, as they lie in its database, and frozen. */
export function showIds(ids: readonly string[]): string[] {
  const sorted = ids.toSorted((a, b) => (a < b ? -1 : 1));
  Object.freeze(sorted);
  return sorted;
}

/** These are those of a request that was never told any. */
export function showRequest(request: Request): Request {
  return showOver(request, {
    mode: 'no-cors',
    credentials: 'omit',
    cache: 'default',
    referrer: '',
    referrerPolicy: '',
  });
}

/** All headers, and no type: whether it came by CORS cannot be seen. */
export function showHead(head: ResponseHead): ResponseHead {
  return {...head, type: head.status === 0 ? 'error' : 'default'};
}
