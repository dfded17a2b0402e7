/** What `fetch()` rejects with when there is no connection. */
export const networkError = (): TypeError => new TypeError('Failed to fetch');
