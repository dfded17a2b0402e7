import type {Network} from './network.js';

/** The real network of this realm. */
export function createSystemNetwork(): Network {
  // Kept from now on: the page may replace `fetch`, and hooks do.
  const {fetch, navigator} = globalThis;
  return {
    fetch: (request) => Reflect.apply(fetch, globalThis, [request]),
    isOnline: () => navigator.onLine,
    whenOnline: (signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        if (navigator.onLine) {
          resolve();
          return;
        }
        const ended = new AbortController();
        signal.addEventListener(
          'abort',
          () => {
            ended.abort();
            reject(signal.reason as Error);
          },
          {signal: ended.signal},
        );
        globalThis.addEventListener(
          'online',
          () => {
            ended.abort();
            resolve();
          },
          {signal: ended.signal},
        );
      }),
  };
}
