// https://wicg.github.io/background-fetch/#validate-a-partial-response
import {extractContentRangeValues} from './extract-content-range-values.js';
import {getHeader, type ResponseHead} from './response-head.js';

const VALIDATORS = ['ETag', 'Last-Modified'] as const;

/**
 * Whether a 206 goes on exactly where the bytes that are there end.
 *
 * @param expectedRangeStart how many bytes are there
 * @param previous the response that they came with
 */
export function validatePartialResponse(
  expectedRangeStart: number,
  response: ResponseHead,
  previous: ResponseHead | undefined,
): boolean {
  // "Assert: response's status is 206."
  // "Let responseFirstBytePos, …, responseCompleteLength be the result of
  // extracting content-range values from response. If this fails, then return
  // invalid."
  const range = extractContentRangeValues(response);
  if (range === undefined) return false;

  // "If responseFirstBytePos does not equal expectedRangeStart, then return invalid."
  if (range.first !== expectedRangeStart) return false;

  // "If previousResponse is not null, then:"
  if (previous !== undefined) {
    if (!haveSameValidators(previous, response)) return false;

    // "If previousResponse's status is 206, then: … If previousCompleteLength
    // is not unknown, and responseCompleteLength does not equal
    // previousCompleteLength, then return invalid."
    if (previous.status === 206) {
      const complete = extractContentRangeValues(previous)?.complete;
      if (complete !== undefined && range.complete !== complete) return false;
    }
  }

  // "Return valid."
  return true;
}

/** "For headerName of « `ETag`, `Last-Modified` »: …" */
export function haveSameValidators(
  previous: ResponseHead,
  response: ResponseHead,
): boolean {
  return VALIDATORS.every((name) => {
    // "If previousResponse's header list contains headerName and the combined
    // value … in previousResponse's header list is not byte-for-byte equal to
    // the combined value … in response's header list, then return invalid."
    const value = getHeader(previous.headers, name);
    return value === undefined || value === getHeader(response.headers, name);
  });
}
