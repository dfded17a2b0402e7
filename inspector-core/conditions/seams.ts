/**
 * The world as conditions see it. They run in front of any engine, so these are
 * their own types; the engine's `Clock`, `Network` and `Random` fit them.
 */

/** Time: nothing here asks the system for it, or sets a timer. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Resolves once `now()` is at least `at`. Rejects with the signal's reason,
   * and forgets the timer, when the signal aborts first.
   */
  sleepUntil(at: number, signal?: AbortSignal): Promise<void>;
  /**
   * Milliseconds that it goes forward at a time, where that is coarse: bytes
   * then come in pieces no smaller than it can tell apart.
   */
  readonly tick?: number;
}

/** A number from 0, inclusive, to 1, exclusive. */
export type Random = () => number;

/** What an attempt is part of: what a request alone does not tell. */
export interface AttemptContext {
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

/** The network behind the conditions. */
export interface Network {
  /** As `fetch()`; the request's signal closes the connection. */
  fetch(request: Request, context?: AttemptContext): Promise<Response>;
  /** False when it is certain that no request can succeed now. */
  isOnline(): boolean;
  /** Resolves once it is online; rejects with the signal's reason. */
  whenOnline(signal: AbortSignal): Promise<void>;
}
