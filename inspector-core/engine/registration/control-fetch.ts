import type {FetchAction} from '../../protocol/control.js';
import type {ActiveFetches} from './active-fetches.js';

/** What the user does to an active fetch; false if it cannot be done to it. */
export async function controlFetch(
  fetches: ActiveFetches,
  id: string,
  action: FetchAction,
): Promise<boolean> {
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
      fetches.click(job);
      return true;
  }
}
