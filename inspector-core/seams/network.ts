/** What an attempt is part of: what a request alone does not tell. */
export interface AttemptContext {
  /** The engine's own number of the fetch: another of its id has another. */
  readonly key: number;
  /** The id that the app gave to `fetch()`. */
  readonly fetchId: string;
  /** The record's place in its fetch, from 0. */
  readonly record: number;
  /** How many records the fetch has. */
  readonly records: number;
  /** From 1, for each record. */
  readonly attempt: number;
  /** Bytes of the record's response that earlier attempts brought. */
  readonly received: number;
  /** Bytes of the request's body; 0 without one. */
  readonly uploadLength: number;
  /** Bytes that the app announced for the whole fetch; 0 if it did not. */
  readonly downloadTotal: number;
  /** Told of bytes of the request's body as the link takes them. */
  readonly onUpload?: ((count: number) => void) | undefined;
}

/** The network that fetches go over: real, or with conditions in between. */
export interface Network {
  /** As `fetch()`; the request's signal closes the connection. */
  fetch(request: Request, context?: AttemptContext): Promise<Response>;
  /** False when it is certain that no request can succeed now. */
  isOnline(): boolean;
  /** Resolves once it is online; rejects with the signal's reason. */
  whenOnline(signal: AbortSignal): Promise<void>;
}
