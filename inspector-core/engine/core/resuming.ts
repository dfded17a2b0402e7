import {
  extractContentRangeValues,
  extractUnsatisfiedLength,
} from '../algorithms/extract-content-range-values.js';
import {getHeader, type ResponseHead} from '../algorithms/response-head.js';
import {
  haveSameValidators,
  validatePartialResponse,
} from '../algorithms/validate-a-partial-response.js';

/** Attempts in a row that may bring a record no further than it was. */
export const FRUITLESS_ATTEMPTS = 5;

const FIRST_DELAY_MS = 1_000;

/** How long to wait before the next try: 1, 2, 4, 8 … seconds. */
export function retryDelay(fruitless: number): number {
  return fruitless === 0 ? 0 : FIRST_DELAY_MS * 2 ** (fruitless - 1);
}

/**
 * The value of `If-Range`, which makes a server send all of a file that has
 * changed, where the text's bare Range would bring an invalid part, and failure.
 *
 * Only for responses of this origin: a cross-origin request with this header
 * needs a preflight, and servers that took the first request may refuse it.
 */
export function chooseIfRange(head: ResponseHead): string | undefined {
  if (head.type !== 'basic' && head.type !== 'default') return undefined;
  const etag = getHeader(head.headers, 'ETag');
  // If-Range compares strongly: a weak tag never matches.
  if (etag !== undefined && !etag.startsWith('W/')) return etag;
  return getHeader(head.headers, 'Last-Modified');
}

/** What is to be made of a response. */
export type Reading =
  /** Its body goes on where the bytes end. */
  | {readonly kind: 'continue'; readonly complete: number | undefined}
  /** Its body is the whole. */
  | {readonly kind: 'whole'}
  /** There was nothing left to send. */
  | {readonly kind: 'complete'}
  /** This server's parts are of no use: ask again, for the whole. */
  | {readonly kind: 'restart'}
  | {readonly kind: 'invalid'};

/** Reads the answer to an attempt that began at `rangeStart`. */
export function readResponse(
  rangeStart: number,
  head: ResponseHead,
  previous: ResponseHead | undefined,
): Reading {
  if (rangeStart > 0 && head.status === 416 && previous !== undefined) {
    // Deviation: by the text the 416 becomes the record's response, and its
    // status bad. But it answers our Range, of which the app knows nothing.
    return extractUnsatisfiedLength(head) === rangeStart &&
      haveSameValidators(previous, head)
      ? {kind: 'complete'}
      : {kind: 'restart'};
  }
  if (head.status !== 206) return {kind: 'whole'};
  // Deviation: a part of compressed bytes cannot go on where plain ones end.
  if (rangeStart > 0 && getHeader(head.headers, 'Content-Encoding')) {
    return {kind: 'restart'};
  }
  if (validatePartialResponse(rangeStart, head, previous)) {
    const complete = extractContentRangeValues(head)?.complete;
    return {kind: 'continue', complete};
  }
  // Deviation: CORS hides this header, so a good part looks like a bad one.
  const isHidden =
    head.type === 'cors' &&
    getHeader(head.headers, 'Content-Range') === undefined;
  return {kind: isHidden && rangeStart > 0 ? 'restart' : 'invalid'};
}
