import type {FailureReason} from '../../platform/background-fetch.js';
import type {ResponseHead} from '../algorithms/response-head.js';

/** Why storage refused a commit. */
export type StorageFailure = 'quota' | 'error';

/**
 * What happens to a fetch. Events of one record name the attempt they belong
 * to: what an attempt that is over still has to say is not heard.
 */
export type JobEvent =
  /** The fetch begins, or goes on after the worker was gone. */
  | {readonly type: 'begin'}
  /** Part of the request's body has been sent. */
  | ({readonly type: 'uploaded'; readonly length: number} & OfAttempt)
  | ({readonly type: 'response'; readonly head: ResponseHead} & OfAttempt)
  /** Bytes of the body have come, and are in the driver's hands. */
  | ({readonly type: 'chunk'; readonly length: number} & OfAttempt)
  | ({readonly type: 'body-ended'} & OfAttempt)
  /** Not all of the body will come this way: the rest is to be asked for. */
  | ({readonly type: 'stopped-short'} & OfAttempt)
  /** A network error, instead of a response or in the middle of its body. */
  | ({
      readonly type: 'failed';
      readonly isOffline: boolean;
      /** Nobody would make this request: it is blocked, or CORS refuses it. */
      readonly isRefused?: boolean;
    } & OfAttempt)
  /** The result is given, whatever the network has to say. */
  | ({
      readonly type: 'decided';
      readonly result: FailureReason;
      /** Of a bad status, where no response has come yet. */
      readonly head: ResponseHead;
    } & OfAttempt)
  /** What a `wait` waited for has come. */
  | ({readonly type: 'wait-over'} & OfAttempt)
  | {readonly type: 'committed'; readonly record: number}
  | {
      readonly type: 'commit-failed';
      readonly record: number;
      readonly reason: StorageFailure;
    }
  | {readonly type: 'pause'}
  | {readonly type: 'resume'}
  /** `abort()`: the fetch leaves the registration's map at once. */
  | {readonly type: 'abort'}
  /** The user's abort: it leaves the map once its records have settled. */
  | {readonly type: 'abort-by-user'};

export interface OfAttempt {
  readonly record: number;
  readonly attempt: number;
}
