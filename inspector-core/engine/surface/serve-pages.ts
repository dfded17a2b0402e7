import {createDeferred, type Deferred} from '../driver/deferred.js';
import type {ExtendableEvent} from '../../platform/background-fetch.js';
import type {Backend, RegistrationDescription} from './backend.js';
import {
  describeError,
  PONG,
  readCall,
  type Answer,
  type PageCall,
  type WatchMessage,
} from './page-messages.js';

type ServedCall = Exclude<PageCall, {method: 'watch'}>;

/** A page that watches a fetch. */
interface Watch {
  readonly key: number;
  readonly ended: AbortController;
  /** Resolves when the page has shown the result, or watches no more. */
  readonly seen: Deferred<void>;
  isSeen: boolean;
}

export interface PageServer {
  /** Resolves when all pages that watch a fetch have shown its result. */
  whenSeen(key: number): Promise<void>;
}

/**
 * Answers the calls of pages, in the worker. Its listener must be the first, so
 * that the app does not see messages that are not its own.
 */
export function servePages(scope: EventTarget, backend: Backend): PageServer {
  // A page says again and again that it watches; the last port is the good one.
  const watches = new Map<string, Watch>();
  const nameOf = (client: string, key: number): string => `${client} ${key}`;
  const renew = (client: string, key: number): Watch => {
    const name = nameOf(client, key);
    const before = watches.get(name);
    before?.ended.abort();
    before?.seen.resolve();
    const watch: Watch = {
      key,
      ended: new AbortController(),
      seen: createDeferred(),
      isSeen: false,
    };
    watches.set(name, watch);
    return watch;
  };
  /** Who is given an instance is about to watch: its first message comes yet. */
  const expect = (client: string, key: number): void => {
    if (!watches.has(nameOf(client, key))) renew(client, key);
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
        ? serveWatch(backend, port, renew(client, call.args[0]))
        : serve(backend, call, port, (key) => {
            expect(client, key);
          });
    (event as ExtendableEvent).waitUntil(serving);
  });
  return {
    async whenSeen(key) {
      for (;;) {
        const waiting = [...watches.values()].filter(
          (watch) => watch.key === key && !watch.isSeen,
        );
        if (waiting.length === 0) break;
        // One may be renewed meanwhile, and is then waited for again.
        await Promise.all(waiting.map(({seen}) => seen.promise));
      }
      for (const [name, watch] of watches) {
        if (watch.key === key) watches.delete(name);
      }
    },
  };
}

async function serve(
  backend: Backend,
  call: ServedCall,
  port: MessagePort,
  onInstance: (key: number) => void,
): Promise<void> {
  port.addEventListener('message', () => {
    port.postMessage(PONG);
  });
  port.start();
  let answer: Answer;
  try {
    const value = await run(backend, call);
    if (call.method === 'fetch' || call.method === 'get') {
      const description = value as RegistrationDescription | undefined;
      if (description !== undefined) onInstance(description.key);
    }
    answer = {value};
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
    case 'control':
      return backend.control(...call.args);
    case 'drop':
      return backend.drop();
    case 'match':
      return backend.match(...call.args);
    case 'open':
      return backend.open(...call.args);
    case 'read':
      return backend.read(...call.args);
    case 'release':
      return backend.release(...call.args);
    case 'ping':
      return;
    case 'describe':
      return backend.describe(...call.args);
  }
}

async function serveWatch(
  backend: Backend,
  port: MessagePort,
  watch: Watch,
): Promise<void> {
  const {key, ended, seen} = watch;
  const send = (message: WatchMessage): void => {
    port.postMessage(message);
  };
  const see = (): void => {
    watch.isSeen = true;
    seen.resolve();
  };
  port.addEventListener('message', see);
  port.start();
  const known = await backend.describe(key);
  if (known === undefined) {
    send('gone');
    see();
    port.close();
    return;
  }
  send(known.snapshot);
  backend.watch(key, send, ended.signal);
}
