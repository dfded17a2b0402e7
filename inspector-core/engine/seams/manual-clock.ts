import type {Clock} from './clock.js';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** When each sleeper wakes, the earliest first. */
  readonly due: readonly number[];
  /**
   * Goes forward, waking sleepers in the order of their times, and each at its
   * own time: what a sleeper does before it sleeps again happens in between.
   */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

/** @example `const clock = createManualClock(); await clock.advance(500);` */
export function createManualClock(start = 0): ManualClock {
  let now = start;
  let sleepers: readonly Sleeper[] = [];
  return {
    now: () => now,
    get due() {
      return sleepers.map(({at}) => at);
    },
    sleepUntil(at, signal) {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        if (at <= now) {
          resolve();
          return;
        }
        const stop = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal?.reason as Error);
        };
        const sleeper: Sleeper = {
          at,
          wake: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        signal?.addEventListener('abort', stop, {once: true});
        // Stable: of those due together, who slept first wakes first.
        sleepers = [...sleepers, sleeper].toSorted((a, b) => a.at - b.at);
      });
    },
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        const [first, ...rest] = sleepers;
        if (first === undefined || first.at > end) break;
        sleepers = rest;
        now = first.at;
        first.wake();
        await settle();
      }
      now = end;
    },
  };
}

/** Lets promise reactions run until they have had time to sleep again. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}
