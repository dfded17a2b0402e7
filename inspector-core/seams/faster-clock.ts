import type {Clock} from './clock.js';

/**
 * A clock that begins with another one, and goes so many times as fast: a day
 * of commuting in minutes.
 */
export function createFasterClock(clock: Clock, factor: number): Clock {
  const start = clock.now();
  const toFaster = (at: number): number => start + (at - start) * factor;
  const fromFaster = (at: number): number => {
    let own = start + (at - start) / factor;
    // Who is woken a rounding too early sleeps again, at once and for ever.
    while (toFaster(own) < at) {
      own += Math.max(1, Math.abs(own)) * Number.EPSILON;
    }
    return own;
  };
  return {
    now: () => toFaster(clock.now()),
    sleepUntil: (at, signal) => clock.sleepUntil(fromFaster(at), signal),
    // No timer wakes more exactly than about every 4 ms.
    tick:
      factor > 1 ? Math.max(4 * factor, clock.tick ?? 0) : (clock.tick ?? 0),
  };
}
