import type {ResponseHead} from '../../../../inspector-core/engine/algorithms/response-head.js';

/** A response's head with these headers; names may repeat. */
export function head(
  status: number,
  headers: ResponseHead['headers'] | Readonly<Record<string, string>> = [],
): ResponseHead {
  return {
    status,
    statusText: '',
    url: 'https://example.com/file',
    redirected: false,
    type: 'basic',
    headers: Array.isArray(headers)
      ? (headers as ResponseHead['headers'])
      : Object.entries(headers),
  };
}
