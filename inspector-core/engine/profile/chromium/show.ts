import type {ResponseHead} from '../../algorithms/response-head.js';

/** Sorted, as they lie in its database, and frozen. */
export function showIds(ids: readonly string[]): string[] {
  const sorted = ids.toSorted((a, b) => (a < b ? -1 : 1));
  Object.freeze(sorted);
  return sorted;
}

/** These are those of a request that was never told any. */
export function showRequest(request: Request): Request {
  return Object.defineProperties(request, {
    mode: {value: 'no-cors', configurable: true},
    credentials: {value: 'omit', configurable: true},
    cache: {value: 'default', configurable: true},
    referrer: {value: '', configurable: true},
    referrerPolicy: {value: '', configurable: true},
  });
}

/** All headers, and no type: whether it came by CORS cannot be seen. */
export function showHead(head: ResponseHead): ResponseHead {
  return {...head, type: head.status === 0 ? 'error' : 'default'};
}
