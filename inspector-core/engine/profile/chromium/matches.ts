import type {
  MatchedRequest,
  MatchOptions,
} from '../../algorithms/request-matches-cached-item.js';
import type {ResponseHead} from '../../algorithms/response-head.js';

/**
 * The method must be the query's own, so that a POST is found by a POST; of Vary
 * nothing is known.
 */
export function matches(
  query: MatchedRequest,
  request: MatchedRequest,
  _response: ResponseHead | undefined,
  {ignoreMethod = false, ignoreSearch = false}: MatchOptions,
): boolean {
  if (!ignoreMethod && query.method !== request.method) return false;
  const [queried, known] = [new URL(query.url), new URL(request.url)];
  for (const url of [queried, known]) {
    url.hash = '';
    if (ignoreSearch) url.search = '';
  }
  return queried.href === known.href;
}
