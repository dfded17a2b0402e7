/** What goes over the wire. */
import type {HeaderList, RecordRef} from './describe.js';

/** One HTTP attempt began, as chrome.webRequest saw it, or the engine made it. */
export interface AttemptStarted {
  readonly type: 'attempt-started';
  /** Names it within its source. */
  readonly attempt: string;
  readonly url: string;
  readonly method: string;
  readonly initiator?: string;
  /** Told by the engine, which knows; the wire has no idea. */
  readonly of?: RecordRef;
}

export interface AttemptSent {
  readonly type: 'attempt-sent';
  readonly attempt: string;
  readonly headers: HeaderList;
}

export interface AttemptRedirected {
  readonly type: 'attempt-redirected';
  readonly attempt: string;
  readonly status: number;
  readonly to: string;
}

export interface AttemptResponded {
  readonly type: 'attempt-responded';
  readonly attempt: string;
  readonly status: number;
  readonly statusLine: string;
  readonly headers: HeaderList;
  readonly ip?: string;
  /** Absent where nobody can tell. */
  readonly fromCache?: boolean;
}

/** Bytes of the body have come. Told by the engine alone, and not of each. */
export interface AttemptProgressed {
  readonly type: 'attempt-progressed';
  readonly attempt: string;
  /** Bytes since the attempt's response; not those of earlier attempts. */
  readonly received: number;
}

export interface AttemptFinished {
  readonly type: 'attempt-finished';
  readonly attempt: string;
  /** As in `attempt-progressed`, all of them. */
  readonly received?: number;
  /**
   * Chromium's net error, such as `net::ERR_CONTENT_LENGTH_MISMATCH`; of the
   * engine, an `AttemptError`. Absent if the body came to its end.
   */
  readonly error?: string;
}
