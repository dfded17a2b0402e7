import type {Clock} from './clock.js';

/** A timer of more than 2^31 - 1 ms fires at once; so longer waits are split. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

const now = (): number => performance.timeOrigin + performance.now();

/**
 * The real clock. To fractions of a millisecond, which `Date.now()` cuts off: by
 * it, who is woken in time is too early, and sleeps again.
 */
export function createSystemClock(): Clock {
  // Kept from now on: the page may replace them.
  const {setTimeout, clearTimeout} = globalThis;

  const sleep = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, {once: true});
    });

  return {
    now,
    async sleepUntil(at, signal) {
      // A timer may fire a little early by the wall clock, hence the loop.
      for (;;) {
        signal?.throwIfAborted();
        const left = at - now();
        if (left <= 0) return;
        await sleep(Math.min(left, LONGEST_TIMER_MS), signal);
      }
    },
  };
}
