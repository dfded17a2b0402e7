// What bench/hooks.ts times, as the page's own code: it must not matter to a
// page whether the hooks are there.

// One byte a second, so that it stays active for as long as we measure.
const HELD = '/resource?size=100k&rate=1&id=held';

const manager = async () =>
  (await navigator.serviceWorker.ready).backgroundFetch;

async function time(calls, call) {
  const start = performance.now();
  for (let index = 0; index < calls; index += 1) await call();
  return performance.now() - start;
}

globalThis.measure = {
  async register() {
    await navigator.serviceWorker.register('/service-worker.js');
    await navigator.serviceWorker.ready;
  },
  /** Asks the worker's hook, if it is the one of bench/load/. */
  async generate(count) {
    const {active} = await navigator.serviceWorker.ready;
    active.postMessage({generate: count});
  },
  /** One fetch held open, for calls to be about. */
  async open() {
    await measure.register();
    await (await manager()).fetch('held', HELD);
  },
  /** Chromium runs one fetch of an origin at a time: this one is in the way. */
  async close() {
    await (await (await manager()).get('held')).abort();
  },
  async get(calls) {
    const bare = await manager();
    return time(calls, () => bare.get('held'));
  },
  async match(calls) {
    const held = await (await manager()).get('held');
    return time(calls, () => held.match(HELD));
  },
  async download(id, size) {
    // The worker's event is the one sure sign of an end: Chromium may leave out
    // the page's last progress event.
    const ended = new Promise((resolve) => {
      const ends = new BroadcastChannel('ends');
      ends.onmessage = ({data}) => data.id === id && resolve(data.result);
    });
    const start = performance.now();
    await (await manager()).fetch(id, `/resource?size=${size}&id=${id}`);
    const result = await ended;
    if (result !== 'success') throw new Error(`${id} ended as ${result}`);
    return performance.now() - start;
  },
};
