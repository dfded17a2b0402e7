/** What a hook sees of calls, and of the objects that they give. */
import type {
  ErrorDescription,
  RecordDescription,
  RegistrationRef,
  RegistrationSnapshot,
  ResponseDescription,
} from './describe.js';
import type {CallOutcome, Invocation} from './invocation.js';
import type {FetchRoute} from './route.js';

export interface CallStarted {
  readonly type: 'call-started';
  /** Numbers the calls of one realm from 1; `call-settled` repeats it. */
  readonly call: number;
  readonly invocation: Invocation;
  /** The caller's stack, without the hook's own frames. */
  readonly stack?: string;
}

export interface CallSettled {
  readonly type: 'call-settled';
  readonly call: number;
  /** Milliseconds from the call to the settling of its promise. */
  readonly duration: number;
  readonly outcome: CallOutcome;
}

/** A registration was met for the first time in this realm. */
export interface RegistrationSeen {
  readonly type: 'registration-seen';
  readonly registration: RegistrationRef;
  readonly snapshot: RegistrationSnapshot;
  /** Absent where there is no engine: native. */
  readonly route?: FetchRoute;
  /** `attach`: it was active before the hook came. */
  readonly via: 'attach' | 'fetch' | 'get' | 'event';
}

/** A `progress` event that changed something. */
export interface RegistrationProgressed {
  readonly type: 'registration-progressed';
  readonly registration: RegistrationRef;
  readonly snapshot: RegistrationSnapshot;
}

/** `recordsAvailable` turned false: match() rejects from now on. */
export interface RecordsExpired {
  readonly type: 'records-expired';
  readonly registration: RegistrationRef;
}

/** All records of a registration, in their order, as the hook listed them. */
export interface RecordsListed {
  readonly type: 'records-listed';
  readonly registration: RegistrationRef;
  readonly records: readonly RecordDescription[];
}

/** A record's `responseReady` settled. */
export interface ResponseSettled {
  readonly type: 'response-settled';
  readonly registration: RegistrationRef;
  readonly record: number;
  readonly outcome:
    | {readonly status: 'fulfilled'; readonly response: ResponseDescription}
    | {readonly status: 'rejected'; readonly error: ErrorDescription};
}
