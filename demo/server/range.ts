/** A part of a representation, both ends inclusive, as in `Content-Range`. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a `Range` header. A header that we do not understand, or one that asks
 * for several ranges, counts as absent: RFC 9110 lets a server ignore it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-14.2
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (match === null) return undefined;
  const [, from = '', to = ''] = match;
  if (from === '') {
    if (to === '') return undefined;
    const suffix = Number(to);
    if (suffix === 0 || size === 0) return 'unsatisfiable';
    return {first: Math.max(0, size - suffix), last: size - 1};
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return undefined;
  if (first >= size) return 'unsatisfiable';
  return {first, last: to === '' ? size - 1 : Math.min(Number(to), size - 1)};
}

/** What identifies a representation in conditional requests. */
export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/**
 * Whether the range may be sent, given `If-Range`: only when the client holds
 * a part of this very representation. Weak validators never match here.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.1.5
 */
export function allowsRange(
  ifRange: string | undefined,
  {etag, lastModified}: Validators,
): boolean {
  if (ifRange === undefined) return true;
  if (ifRange.startsWith('W/')) return false;
  return ifRange === etag || ifRange === lastModified;
}

/** Whether `If-None-Match` or `If-Modified-Since` finds nothing new. */
export function isNotModified(
  headers: {
    readonly 'if-none-match'?: string | undefined;
    readonly 'if-modified-since'?: string | undefined;
  },
  {etag, lastModified}: Validators,
): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    if (etag === undefined) return false;
    const weak = (tag: string): string => tag.trim().replace(/^W\//, '');
    return (
      tags.trim() === '*' ||
      tags.split(',').some((tag) => weak(tag) === weak(etag))
    );
  }
  const since = headers['if-modified-since'];
  if (since === undefined || lastModified === undefined) return false;
  return Date.parse(lastModified) <= Date.parse(since);
}
