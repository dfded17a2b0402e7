// https://wicg.github.io/background-fetch/#background-fetch-response-result
import type {FailureReason} from '../../platform/background-fetch.js';

/** A record's result; "redundant" belongs to data that was replaced. */
export type RecordResult = '' | 'success' | FailureReason;

/**
 * "A background fetch response is exposed if its result is the empty string,
 * "success", or "bad-status"." A 404 can be read, what was broken off cannot.
 */
export function isExposed(result: RecordResult): boolean {
  return result === '' || result === 'success' || result === 'bad-status';
}
