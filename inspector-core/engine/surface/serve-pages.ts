import type {ExtendableEvent} from '../../platform/background-fetch.js';
import type {Backend} from './backend.js';
import {
  describeError,
  readCall,
  type Answer,
  type PageCall,
  type WatchMessage,
} from './page-messages.js';

type ServedCall = Exclude<PageCall, {method: 'watch'}>;

/**
 * Answers the calls of pages, in the worker. Its listener must be the first, so
 * that the app does not see messages that are not its own.
 */
export function servePages(scope: EventTarget, backend: Backend): void {
  // A page says again and again that it watches; the last port is the good one.
  const watches = new Map<string, AbortController>();
  const renew = (client: string, key: number): AbortSignal => {
    const name = `${client} ${key}`;
    watches.get(name)?.abort();
    const controller = new AbortController();
    watches.set(name, controller);
    return controller.signal;
  };
  scope.addEventListener('message', (event) => {
    const {data, ports, source} = event as MessageEvent<unknown>;
    const [port] = ports;
    const call = readCall(data);
    if (call === undefined || port === undefined) return;
    event.stopImmediatePropagation();
    const client = source === null ? '' : String(Reflect.get(source, 'id'));
    const serving =
      call.method === 'watch'
        ? watch(backend, call.args[0], port, renew(client, call.args[0]))
        : serve(backend, call, port);
    (event as ExtendableEvent).waitUntil(serving);
  });
}

async function serve(
  backend: Backend,
  call: ServedCall,
  port: MessagePort,
): Promise<void> {
  let answer: Answer;
  try {
    answer = {value: await run(backend, call)};
  } catch (error) {
    answer = describeError(error);
  }
  port.postMessage(answer);
  port.close();
}

function run(backend: Backend, call: ServedCall): Promise<unknown> | void {
  switch (call.method) {
    case 'fetch': {
      const [id, inputs, options] = call.args;
      const streams = inputs.map(({request, body}) => ({
        request,
        body: body?.stream(),
      }));
      return backend.fetch(id, streams, options);
    }
    case 'get':
      return backend.get(...call.args);
    case 'getIds':
      return backend.getIds();
    case 'abort':
      return backend.abort(...call.args);
    case 'match':
      return backend.match(...call.args);
    case 'open':
      return backend.open(...call.args);
    case 'read':
      return backend.read(...call.args);
    case 'release':
      return backend.release(...call.args);
    case 'describe':
      return backend.describe(...call.args);
  }
}

async function watch(
  backend: Backend,
  key: number,
  port: MessagePort,
  signal: AbortSignal,
): Promise<void> {
  const send = (message: WatchMessage): void => {
    port.postMessage(message);
  };
  const known = await backend.describe(key);
  if (known === undefined) {
    send('gone');
    port.close();
    return;
  }
  send(known.snapshot);
  backend.watch(key, send, signal);
}
