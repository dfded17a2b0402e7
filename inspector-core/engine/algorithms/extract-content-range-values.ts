// https://wicg.github.io/background-fetch/#extract-content-range-values
import {getHeader, type ResponseHead} from './response-head.js';

/** What a `Content-Range` says of a part. */
export interface ContentRange {
  readonly first: number;
  readonly last: number;
  /** Undefined where the server says `*`: it does not know. */
  readonly complete: number | undefined;
}

/*
 * Deviation: the text's grammar begins `bytes=`, which is that of a request's
 * Range. HTTP's is `bytes ` (RFC 9110, 14.4), and what servers send.
 */
const CONTENT_RANGE = /^bytes[ =](\d+)-(\d+)\/(\d+|\*)$/i;

/** Undefined stands for the text's "failure". */
export function extractContentRangeValues({
  headers,
}: ResponseHead): ContentRange | undefined {
  // "If response's header list does not contain `Content-Range`, return failure."
  // Deviation: the text takes the first header of that name and ignores the
  // others; here several make a list, which does not parse.
  const value = getHeader(headers, 'Content-Range');
  if (value === undefined) return undefined;

  // "Let parsedContentRange be contentRangeValue parsed per single byte content-range."
  // "If parsedContentRange is failure, return failure."
  const [, first, last, complete] = CONTENT_RANGE.exec(value.trim()) ?? [];
  if (first === undefined || last === undefined) return undefined;

  // "Return the first-byte-pos, last-byte-pos, and complete-length."
  const range = {
    first: Number(first),
    last: Number(last),
    complete: complete === '*' ? undefined : Number(complete),
  };
  // Deviation: numbers that JavaScript cannot count to are no byte positions.
  const isCountable = [range.first, range.last, range.complete ?? 0].every(
    (number) => Number.isSafeInteger(number),
  );
  return isCountable ? range : undefined;
}

/**
 * The length that a 416 gives: `bytes * /length`, without the blank. The
 * specification has no use for it; see "complete a record" for ours.
 */
export function extractUnsatisfiedLength({
  headers,
}: ResponseHead): number | undefined {
  const value = getHeader(headers, 'Content-Range')?.trim() ?? '';
  const length = /^bytes \*\/(\d+)$/i.exec(value)?.[1];
  return length === undefined ? undefined : Number(length);
}
