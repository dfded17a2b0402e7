import type {Clock} from './clock.js';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** When each sleeper wakes, the earliest first. */
  readonly due: readonly number[];
  /**
   * Goes forward, waking each sleeper at its own time: all that comes of one,
   * streams included, happens before the next wakes.
   */
  advance(ms: number): Promise<void>;
  /**
   * Goes forward from sleeper to sleeper until the promise has settled, and
   * gives what it settles with. Where nobody sleeps it waits for the work that
   * is under way elsewhere.
   */
  run<T>(promise: Promise<T>): Promise<T>;
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export interface ManualClockOptions {
  /** Milliseconds since the epoch. */
  readonly start?: number;
  /** Sleepers wake at multiples of so many milliseconds only; 0: any time. */
  readonly tick?: number;
}

/** @example `const clock = createManualClock(); await clock.advance(500);` */
export function createManualClock({
  start = 0,
  tick = 0,
}: ManualClockOptions = {}): ManualClock {
  let now = start;
  /** The earliest first; of those due together, who slept first. */
  const sleepers: Sleeper[] = [];

  /** Wakes who is due first, unless it is later than `end`. */
  const step = async (end: number, turns: Turns): Promise<boolean> => {
    const [first] = sleepers;
    if (first === undefined || first.at > end) return false;
    sleepers.shift();
    now = Math.max(now, first.at);
    first.wake();
    await turns.pass();
    return true;
  };

  return {
    tick,
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
          const index = sleepers.indexOf(sleeper);
          if (index !== -1) sleepers.splice(index, 1);
          reject(signal?.reason as Error);
        };
        const sleeper: Sleeper = {
          at: tick > 0 ? Math.ceil(at / tick) * tick : at,
          wake: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        signal?.addEventListener('abort', stop, {once: true});
        const later = sleepers.findIndex((other) => other.at > sleeper.at);
        sleepers.splice(later === -1 ? sleepers.length : later, 0, sleeper);
      });
    },
    async advance(ms) {
      const end = now + ms;
      const turns = openTurns();
      await turns.pass();
      while (await step(end, turns));
      turns.close();
      now = end;
    },
    async run(promise) {
      const state = {isSettled: false};
      const settled = promise.finally(() => {
        state.isSettled = true;
      });
      // Its rejection is given to the caller below, but maybe later.
      settled.catch(() => {});
      const turns = openTurns();
      await turns.pass();
      while (!state.isSettled)
        if (!(await step(Infinity, turns))) await turns.pass();
      turns.close();
      return settled;
    },
  };
}

interface Turns {
  /** One turn of the event loop: when it is over, no microtask is left. */
  readonly pass: () => Promise<void>;
  /** Or an open port would keep Node from ending. */
  readonly close: () => void;
}

function openTurns(): Turns {
  const {port1, port2} = new MessageChannel();
  return {
    pass: () =>
      new Promise((resolve) => {
        port1.addEventListener('message', () => resolve(), {once: true});
        port1.start();
        port2.postMessage(undefined);
      }),
    close: () => {
      port1.close();
    },
  };
}
