import type {FailureReason} from '../platform/background-fetch.js';

/** What no network does: it is for the engine to bring it about. */
export type Verdict =
  /** The record's result is this, with no further attempt. */
  | {readonly type: 'fail'; readonly reason: FailureReason}
  | {readonly type: 'worker-killed'}
  | {readonly type: 'browser-restarted'};

/** Why a call of `fetch()` is to reject. */
export type CallVerdict =
  'permission-denied' | 'too-many-fetches' | 'quota-exceeded' | 'storage-error';

/** How the next commit of a record fails. */
export type StorageVerdict = 'quota-exceeded' | 'storage-error';

/** `conditions.js` and `worker.js` have this file each: the class is not one. */
const VERDICT = Symbol.for('background-fetch-verdict');

/**
 * With this an attempt ends that a rule gave a verdict on. To who does not know
 * of verdicts it is a network error.
 */
export class InducedError extends TypeError {
  readonly [VERDICT]: Verdict;

  constructor(verdict: Verdict) {
    super(`Brought about by a rule: ${verdict.type}`);
    this[VERDICT] = verdict;
  }
}

/** The verdict that an attempt ended with, if it was one. */
export function verdictOf(error: unknown): Verdict | undefined {
  return error instanceof TypeError && VERDICT in error
    ? (error as InducedError)[VERDICT]
    : undefined;
}
