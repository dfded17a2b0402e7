import type {ResponseHead} from './algorithms/response-head.js';

/** Which request of which fetch. */
export interface AttemptPlace {
  readonly scope: string;
  readonly id: string;
  /** The key of the fetch. */
  readonly fetch: number;
  readonly record: number;
}

export interface AttemptBegin {
  readonly place: AttemptPlace;
  readonly url: string;
  readonly method: string;
}

type Headers = ResponseHead['headers'];

/**
 * Why an attempt brought no body to its end.
 * - `dropped`: the connection failed, or the body came cut, or too oddly.
 * - `refused`: blocked, or by CORS; of another origin it may as well have been
 *   that nothing answered, for no script is told.
 * - `offline`: there was no network.
 * - `aborted`: the engine ended it, for a pause, an abort, or a result.
 */
export type AttemptError = 'dropped' | 'refused' | 'offline' | 'aborted';

/**
 * Told of each HTTP exchange that the engine makes for a record, in the order in
 * which things happen. It must not throw. `attempt` is a name that no other
 * attempt of this worker has.
 */
export interface AttemptObserver {
  /** The record has its turn. */
  started(attempt: string, begin: AttemptBegin): void;
  /** The request goes out, with these headers of ours and of the app. */
  sent(attempt: string, headers: Headers): void;
  responded(attempt: string, head: ResponseHead): void;
  /** So many bytes of the body have come; not told of each. */
  progressed(attempt: string, received: number): void;
  /** It is over: with an error, if the body did not come to its end. */
  finished(attempt: string, received: number, error?: AttemptError): void;
  /** Our own code failed in one; its record has failed for it. */
  faulted(error: unknown): void;
}

/** Who is told, if anybody: may change at any time. */
export interface Observation {
  observer: AttemptObserver | undefined;
  /** Rises when the engine begins anew: attempts do, too. */
  lives: number;
}
