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
