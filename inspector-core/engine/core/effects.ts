import type {Outcome} from '../algorithms/decide-the-outcome.js';
import type {RecordResult} from '../algorithms/record-result.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {OfAttempt} from './events.js';

/** What the driver is to do. */
export type JobEffect =
  | StartEffect
  /** Close the connection, or end the wait; bytes not yet committed are void. */
  | ({readonly type: 'cancel'} & OfAttempt)
  | CommitEffect
  | WaitEffect
  /** What a record shows has changed: its response, bytes, or result. */
  | {readonly type: 'record-changed'; readonly record: number}
  /** "Update background fetch instances". */
  | {readonly type: 'update-instances'}
  /** All records have settled. Comes once, and last. */
  | ({readonly type: 'conclude'} & Outcome);

export interface StartEffect extends OfAttempt {
  readonly type: 'start';
  /** If not 0: `Range: bytes=<rangeStart>-`. */
  readonly rangeStart: number;
  /** The value of `If-Range`, where one may be sent. */
  readonly ifRange: string | undefined;
}

/**
 * Store, all or nothing, and answer with `committed` or `commit-failed`.
 * A record's commits are answered in their order.
 */
export interface CommitEffect {
  readonly type: 'commit';
  readonly record: number;
  /** Data of a lower generation is redundant: delete it. */
  readonly generation: number;
  readonly head: ResponseHead | undefined;
  /** The bytes of the response's body from here … */
  readonly from: number;
  /** … to here, exclusive, which is then the length that is stored. */
  readonly to: number;
  readonly result: RecordResult;
  /** When it settled among its siblings, from 1; 0 while it has not. */
  readonly order: number;
  /** A request that may be sent once only is about to be sent. */
  readonly hasStarted: boolean;
}

export interface WaitEffect extends OfAttempt {
  readonly type: 'wait';
  /** First for the network to be back … */
  readonly forNetwork: boolean;
  /** … and then so many milliseconds. */
  readonly delay: number;
}
