import type {HookContext} from './hook-context.js';
import {later} from '../platform/primordials.js';

/** Milliseconds. Each wait is half as long again as the one before. */
const FIRST_WAIT = 100;
const LONGEST_WAIT = 5_000;
/** A worker event may hold its records for five minutes, then it is ended. */
const PATIENCE = 6 * 60_000;

/**
 * Asks again and again, ever more seldom, whether the records have expired: the
 * platform clears `recordsAvailable` without an event (spec §7 step 1).
 */
export function watchExpiry(
  {guard, isInstalled}: HookContext,
  hasExpired: () => boolean,
  giveUp: () => void,
): void {
  let waited = 0;
  const ask = (wait: number): void => {
    later(() => {
      waited += wait;
      if (!isInstalled() || guard('expiry', hasExpired) === true) return;
      if (waited < PATIENCE) ask(wait < LONGEST_WAIT ? wait * 1.5 : wait);
      else guard('expiry', giveUp);
    }, wait);
  };
  ask(FIRST_WAIT);
}
