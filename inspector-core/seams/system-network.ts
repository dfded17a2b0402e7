import type {Clock} from './clock.js';
import type {Network} from './network.js';
import {createSystemClock} from './system-clock.js';

/**
 * How often it is looked whether the network is back: Chromium fires no `online`
 * in service workers.
 */
const LOOK_MS = 1_000;

/** The real network of this realm. */
export function createSystemNetwork(
  clock: Clock = createSystemClock(),
): Network {
  // Kept from now on: the page may replace `fetch`, and hooks do.
  const {fetch, navigator} = globalThis;
  return {
    fetch: (request) => Reflect.apply(fetch, globalThis, [request]),
    isOnline: () => navigator.onLine,
    async whenOnline(signal) {
      signal.throwIfAborted();
      while (!navigator.onLine) {
        const ended = new AbortController();
        const told = new Promise<void>((resolve) => {
          globalThis.addEventListener(
            'online',
            () => {
              resolve();
            },
            {signal: ended.signal},
          );
        });
        const look = clock.sleepUntil(clock.now() + LOOK_MS, signal);
        await Promise.race([told, look]).finally(() => {
          ended.abort();
        });
      }
    },
  };
}
