// https://wicg.github.io/background-fetch/#dom-backgroundfetchregistration-matchall
import type {
  MatchedRequest,
  MatchOptions,
} from '../algorithms/request-matches-cached-item.js';
import type {Job} from '../driver/job.js';
import type {FetchRules} from '../profile/fetch-rules.js';
import {SPEC} from '../profile/spec.js';
import type {StoredRequest} from '../storage/fetch-storage.js';
import {makeExpiredError} from './errors.js';

/** A record, and which of its response data was there when it was found. */
export interface RecordMatch {
  readonly record: number;
  readonly generation: number;
  readonly request: StoredRequest;
}

/** The records that a query finds, in their order; all, without a query. */
export function matchRecords(
  job: Job,
  query: MatchedRequest | undefined,
  options: MatchOptions,
  {matches}: FetchRules = SPEC.fetches,
): readonly RecordMatch[] {
  // "If this's records available flag is unset, return a promise rejected with
  // an InvalidStateError."
  if (!job.snapshot.recordsAvailable) {
    throw makeExpiredError();
  }
  return job.stored.records.flatMap(({request}, record) => {
    const {response, generation = 1} = job.records[record] ?? {};
    // "If the result of running the request matches cached item algorithm …"
    const isMatch =
      query === undefined || matches(query, request, response, options);
    return isMatch ? [{record, generation, request}] : [];
  });
}
