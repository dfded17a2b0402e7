// https://wicg.github.io/background-fetch/#perform-a-background-fetch
import type {
  BackgroundFetchResult,
  FailureReason,
} from '../../platform/background-fetch.js';
import type {RecordResult} from './record-result.js';

/** How a whole fetch ended. */
export interface Outcome {
  readonly result: Exclude<BackgroundFetchResult, ''>;
  readonly failureReason: FailureReason | '';
}

/**
 * The fetch's outcome from those of its records, in the order they settled.
 *
 * @param wasAborted by `abort()` or by the user; not by a sibling's failure
 */
export function decideTheOutcome(
  settled: readonly RecordResult[],
  wasAborted: boolean,
): Outcome {
  // Deviation: "If failureReason is not the empty string, then set
  // failureReason to record's … result" can never come true, and would store
  // "success". Meant is: the first failure is kept. The last one would not do,
  // for a sibling that "download-total-exceeded" tears down ends as "aborted".
  const failure = settled.find(
    (result): result is FailureReason => result !== '' && result !== 'success',
  );

  // "If bgFetch's swRegistration's active background fetches map contains
  // bgFetch's id and … is bgFetch, then remove …. Otherwise, set failureReason
  // to "aborted"." So an abort wins, whatever else went wrong before it.
  const failureReason = wasAborted ? 'aborted' : (failure ?? '');

  // "If failureReason is not the empty string, set bgFetch's result to
  // "failure" … Otherwise, set bgFetch's result to "success"."
  return {result: failureReason === '' ? 'success' : 'failure', failureReason};
}
