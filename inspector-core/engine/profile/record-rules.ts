import type {FailureReason} from '../../platform/background-fetch.js';

/** How records complete, and what comes of a fetch. */
export interface RecordRules {
  /** Attempts of one fetch at once. */
  readonly parallel: number;
  /** Whose failure is the fetch's: the first in time, or in the list. */
  readonly reasonOf: 'first-in-time' | 'first-in-list';
  /** Failures of one record that end all others. */
  readonly immediate: readonly FailureReason[];
  /** Whether bytes of what fails count as downloaded. */
  readonly countsFailedBytes: boolean;
  /** Given where a download service stands between: what it tries again. */
  readonly downloads?: DownloadRules;
}

/** A download service asks again where `fetch()` would have its answer. */
export interface DownloadRules {
  /** Bad statuses that it takes for an answer at once. */
  readonly finalStatuses: readonly number[];
  /** How often a connection that breaks is taken up again at once. */
  readonly resumptions: number;
  /** How often all of this is tried … */
  readonly attempts: number;
  /** … and the milliseconds after each time. */
  readonly delay: number;
}
