// https://w3c.github.io/ServiceWorker/#request-matches-cached-item
import {getHeader, type ResponseHead} from './response-head.js';

/** What of a request takes part in matching. */
export interface MatchedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: ResponseHead['headers'];
}

export interface MatchOptions {
  readonly ignoreSearch?: boolean;
  readonly ignoreMethod?: boolean;
  readonly ignoreVary?: boolean;
}

/** Whether a query finds a record. */
export function requestMatchesCachedItem(
  query: MatchedRequest,
  request: MatchedRequest,
  response: ResponseHead | undefined,
  options: MatchOptions = {},
): boolean {
  // "If options["ignoreMethod"] is false and request's method is not `GET`,
  // return false." It is the record's method that counts, not the query's.
  if (options.ignoreMethod !== true && request.method !== 'GET') return false;

  // "Let queryURL be requestQuery's url. Let cachedURL be request's url."
  const queryUrl = new URL(query.url);
  const cachedUrl = new URL(request.url);

  // "If options["ignoreSearch"] is true, then: Set cachedURL's query to the
  // empty string. Set queryURL's query to the empty string."
  if (options.ignoreSearch === true) {
    queryUrl.search = '';
    cachedUrl.search = '';
  }

  // "If queryURL does not equal cachedURL with the exclude fragment flag set,
  // then return false."
  queryUrl.hash = '';
  cachedUrl.hash = '';
  if (queryUrl.href !== cachedUrl.href) return false;

  // "If response is null, options["ignoreVary"] is true, or response's header
  // list does not contain `Vary`, then return true."
  if (response === undefined || options.ignoreVary === true) return true;
  const vary = getHeader(response.headers, 'Vary');
  if (vary === undefined) return true;

  // "Let fieldValues be the list containing the elements corresponding to the
  // field-values of the Vary header … For each fieldValue of fieldValues: If
  // fieldValue matches "*", or the combined value given fieldValue and
  // request's header list does not match the combined value given fieldValue
  // and requestQuery's header list, then return false."
  return vary
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every(
      (name) =>
        name !== '*' &&
        getHeader(request.headers, name) === getHeader(query.headers, name),
    );
  // "Return true."
}
