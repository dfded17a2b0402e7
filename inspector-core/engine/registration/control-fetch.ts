import type {BackgroundFetchEventName} from '../../platform/background-fetch.js';
import {
  isDispatch,
  type DispatchAction,
  type FetchAction,
} from '../../protocol/control.js';
import type {ActiveFetches} from './active-fetches.js';

const EVENTS: Readonly<Record<DispatchAction, BackgroundFetchEventName>> = {
  'dispatch-success': 'backgroundfetchsuccess',
  'dispatch-fail': 'backgroundfetchfail',
  'dispatch-abort': 'backgroundfetchabort',
};

/** What is done to a fetch by hand; false if it cannot be done to it. */
export async function controlFetch(
  fetches: ActiveFetches,
  id: string,
  action: FetchAction,
): Promise<boolean> {
  if (isDispatch(action)) return fetches.fireAgain(id, EVENTS[action]);
  const job = fetches.get(id);
  if (job === undefined) return false;
  switch (action) {
    case 'pause':
      return job.pause();
    case 'resume': {
      const {isPaused} = job;
      if (isPaused) await job.resume();
      return isPaused;
    }
    case 'abort':
      return fetches.abortByUser(job);
    case 'click':
      return fetches.fireAgain(id, 'backgroundfetchclick');
  }
}
