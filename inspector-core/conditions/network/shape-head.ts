import type {Effect} from '../rules/rule.js';

/** Statuses whose responses have no body. */
const NULL_BODY = [204, 205, 304];

const CONTENT_RANGE = /^bytes (\d+)-(\d+)\/(\d+|\*)$/;

/** Where a response's body belongs in the record. */
export interface Extent {
  /** The place of its first byte. */
  readonly base: number;
  /** Bytes that the record has in all, where that is known. */
  readonly total: number | undefined;
}

/** @param received where a part begins whose `Content-Range` CORS hides */
export function extentOf(
  {status, headers}: Response,
  received: number,
): Extent {
  if (status === 206) {
    const range = CONTENT_RANGE.exec(headers.get('Content-Range') ?? '');
    const [, first, , complete] = range ?? [];
    const total = complete === undefined ? Number.NaN : Number(complete);
    return {
      base: first === undefined ? received : Number(first),
      total: Number.isNaN(total) ? undefined : total,
    };
  }
  const length = headers.get('Content-Length') ?? '';
  // Of a compressed body it is the length before it is opened.
  const isPlain = headers.get('Content-Encoding') === null;
  return {
    base: 0,
    // A server may send it twice, or what is no number.
    total: isPlain && /^\d+$/.test(length) ? Number(length) : undefined,
  };
}

/** A response's status and headers under a rule; `tag` is a new ETag's text. */
export function shapeHead(
  response: Response,
  effect: Effect | undefined,
  tag: () => string,
): {readonly status: number; readonly headers: Headers} {
  const headers = new Headers(response.headers);
  const {status} = response;
  switch (effect?.type) {
    case 'status':
      return {status: effect.status, headers};
    case 'wrong-length': {
      const length = Number(headers.get('Content-Length') ?? 0);
      headers.set('Content-Length', `${Math.max(0, length + effect.by)}`);
      break;
    }
    case 'wrong-range': {
      const range = CONTENT_RANGE.exec(headers.get('Content-Range') ?? '');
      if (range === null) break;
      const [, first, last, complete] = range;
      const shift = (place: string | undefined): number =>
        Math.max(0, Number(place) + effect.by);
      headers.set(
        'Content-Range',
        `bytes ${shift(first)}-${shift(last)}/${complete}`,
      );
      break;
    }
    case 'etag':
      headers.set('ETag', effect.etag ?? `"${tag()}"`);
      break;
    case 'headers':
      for (const [name, value] of Object.entries(effect.headers)) {
        if (value === '') headers.delete(name);
        else headers.set(name, value);
      }
      break;
    default:
  }
  return {status, headers};
}

/** Whether a script may make a response of this status, with a body. */
export const hasBody = (status: number): boolean => !NULL_BODY.includes(status);

/** Makes a response that says of itself what the real one said. */
export function makeResponse(
  real: Pick<Response, 'url' | 'redirected' | 'type' | 'statusText' | 'status'>,
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
  {status, headers}: {readonly status: number; readonly headers: Headers},
): Response {
  const statusText = status === real.status ? real.statusText : '';
  const response = new Response(body, {status, statusText, headers});
  const {url, redirected, type} = real;
  return Object.defineProperties(response, {
    url: {value: url},
    redirected: {value: redirected},
    type: {value: type},
  });
}
