import type {ExtendableEvent} from '../../platform/background-fetch.js';
import type {Clock} from '../../seams/clock.js';
import type {Backend, RegistrationDescription} from './backend.js';
import {HeldByPages} from './held-by-pages.js';
import {
  describeError,
  PONG,
  readCall,
  type Answer,
  type PageCall,
  type WatchMessage,
} from './page-messages.js';
import {Watches} from './watches.js';

type ServedCall = Exclude<PageCall, {method: 'watch'}>;

/**
 * A page that has not said for so long that it watches is frozen, and what is
 * sent to it piles up. In the background, pages may say so once a minute.
 */
const FROZEN_MS = 150_000;

/**
 * What waits for the network may not hold the event: a worker of which one is not
 * over is not replaced by its next version. It is the page's watching that keeps
 * the worker alive, and what a worker leaves unanswered is asked of the next.
 */
const WAITING: readonly PageCall['method'][] = ['open', 'read'];

/**
 * Answers the calls of pages, in the worker. Its listener must be the first, so
 * that the app does not see messages that are not its own.
 *
 * @param isThere whether a page, by the id of its client, is not gone
 * @returns the pages that watch
 */
export function servePages(
  scope: EventTarget,
  backend: Backend,
  clock: Clock,
  isThere: (client: string) => Promise<boolean>,
): Watches {
  const watches = new Watches();
  const held = new HeldByPages(clock, isThere, (hold) => {
    backend.release(hold);
  });
  scope.addEventListener('message', (event) => {
    const {data, ports, source} = event as MessageEvent<unknown>;
    const [port] = ports;
    const call = readCall(data);
    if (call === undefined || port === undefined) return;
    event.stopImmediatePropagation();
    const client = source === null ? '' : String(Reflect.get(source, 'id'));
    const serving =
      call.method === 'watch'
        ? serveWatch(backend, clock, port, watches, client, call.args[0])
        : serve(backend, call, port, client, watches, held);
    if (!WAITING.includes(call.method)) {
      (event as ExtendableEvent).waitUntil(serving);
    }
  });
  return watches;
}

async function serve(
  backend: Backend,
  call: ServedCall,
  port: MessagePort,
  client: string,
  watches: Watches,
  held: HeldByPages,
): Promise<void> {
  port.addEventListener('message', () => {
    port.postMessage(PONG);
  });
  port.start();
  let answer: Answer;
  try {
    if (call.method === 'read') held.hold(client, call.args[1]);
    const value = await run(backend, call, held);
    if (call.method === 'fetch' || call.method === 'get') {
      const description = value as RegistrationDescription | undefined;
      if (description !== undefined) watches.expect(client, description.key);
    } else if (call.method === 'open') {
      const opened = value as Awaited<ReturnType<Backend['open']>>;
      if (opened !== 'never') held.hold(client, opened.hold);
    }
    answer = {value};
  } catch (error) {
    answer = {error: describeError(error)};
  }
  if (call.method === 'read') held.check(call.args[1]);
  port.postMessage(answer);
  port.close();
}

function run(backend: Backend, call: ServedCall, held: HeldByPages): unknown {
  switch (call.method) {
    case 'fetch': {
      const [id, inputs, options] = call.args;
      const streams = inputs.map(({request, body}) => ({
        request,
        body: body?.stream(),
      }));
      return backend.fetch(id, streams, options);
    }
    case 'release':
      return held.release(...call.args);
    case 'ping':
      return;
    default: {
      const method = backend[call.method] as (...args: unknown[]) => unknown;
      return method(...call.args);
    }
  }
}

async function serveWatch(
  backend: Backend,
  clock: Clock,
  port: MessagePort,
  watches: Watches,
  client: string,
  key: number,
): Promise<void> {
  const watch = watches.renew(client, key);
  const since = clock.now();
  const send = (message: WatchMessage): void => {
    const isProgress = message !== 'gone' && message.result === '';
    if (isProgress && clock.now() - since > FROZEN_MS) return;
    port.postMessage(message);
  };
  port.addEventListener('message', () => {
    watch.see();
  });
  port.start();
  const known = await backend.describe(key);
  if (known === undefined) {
    send(watches.resultOf(key) ?? 'gone');
    watches.forget(key);
    port.close();
    return;
  }
  send(known.snapshot);
  backend.watch(known, send, watch.ended);
}
