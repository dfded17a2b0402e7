/** A response without its body, as data: it can be stored and compared. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** Where it came from after redirects. */
  readonly url: string;
  readonly redirected: boolean;
  readonly type: ResponseType;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** Of a response that no server sent. */
export const makeHead = (
  url: string,
  status: number,
  type: ResponseType,
): ResponseHead => ({
  status,
  statusText: '',
  url,
  redirected: false,
  type,
  headers: [],
});

/** "A null body status", with which no content comes. */
export const NULL_BODY_STATUSES = [101, 103, 204, 205, 304];

/** Reads what `fetch()` gave, leaving its body alone. */
export function describeResponse(response: Response): ResponseHead {
  return {
    status: response.status,
    statusText: response.statusText,
    url: response.url,
    redirected: response.redirected,
    type: response.type,
    headers: [...response.headers],
  };
}

/**
 * The combined value of a header: all its instances, in order, separated by a
 * comma and a space. Undefined if there is none.
 *
 * @see https://fetch.spec.whatwg.org/#concept-header-list-get
 */
export function getHeader(
  headers: ResponseHead['headers'],
  name: string,
): string | undefined {
  const wanted = name.toLowerCase();
  const values = headers
    .filter(([other]) => other.toLowerCase() === wanted)
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(', ');
}
