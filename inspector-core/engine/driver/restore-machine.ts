import {JobMachine} from '../core/perform-a-background-fetch.js';
import type {StoredFetch} from '../storage/fetch-storage.js';
import type {DriverSeams} from './seams.js';

/** The machine of a fetch, where an earlier worker left it. */
export function restoreMachine(
  {
    records,
    isPaused = false,
    wasAborted = false,
    outcome,
    downloadTotal,
  }: StoredFetch,
  {pool, profile}: DriverSeams,
): JobMachine {
  return new JobMachine({
    records: records.map(({request: {method, integrity, headers}}) => ({
      method,
      // The integrity of a part cannot be checked, and who asks for a part
      // himself cannot be given another one.
      isResumable:
        integrity === '' && !headers.some(([name]) => name === 'range'),
    })),
    downloadTotal,
    progress: records.map(({progress}) => progress),
    uploaded: records
      .filter(({progress}) => progress.response !== undefined)
      .reduce((sum, {request}) => sum + (request.bodyLength ?? 0), 0),
    isPaused,
    wasAborted,
    outcome,
    partSize: pool.size,
    ...(profile === undefined ? {} : {rules: profile.records}),
  });
}
