import {later} from '../platform/primordials.js';

/** Resolves in a task of its own, whatever the page makes of its timers. */
export const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    later(resolve, 0);
  });
