/**
 * A service, dedicated or shared worker that does what a test sends it as text.
 * As a service worker it hands each event of Background Fetch to the function in
 * its URL.
 */
import {BACKGROUND_FETCH_EVENTS} from '../../../inspector-core/platform/background-fetch.js';
import {ENGINE_OPTIONS} from './route.js';
import type {Answer, Command, Post, WorkerSelf} from './worker-script.js';

const scope = globalThis as unknown as WorkerSelf;
const query = new URLSearchParams(location.search);

// While the script first runs, and before anything else of it.
if (query.get('route') === 'engine') {
  scope['bgfInspector'] = ENGINE_OPTIONS;
  scope.importScripts('/classic/inspector-core/inject/worker.js');
}

/** A test's function came as text: a worker cannot be given the function. */
function revive(text: string): unknown {
  // oxlint-disable-next-line no-implied-eval
  return (new Function(`return ${text}`) as () => unknown)();
}

async function run({script, argument}: Command): Promise<Answer> {
  try {
    type Script = (self: WorkerSelf, argument: unknown) => unknown;
    return {value: await (revive(script) as Script)(scope, argument)};
  } catch (error) {
    return {error: String(error)};
  }
}

if (scope.clients !== undefined) {
  const {clients} = scope;
  const post: Post = async (message) => {
    const pages = await clients.matchAll({includeUncontrolled: true});
    for (const page of pages) page.postMessage({posted: message}, []);
  };
  scope.postToPages = post;
  type Handler = (event: Event, post: Post) => unknown;
  const handle = revive(query.get('handler') ?? '() => {}') as Handler;
  for (const name of BACKGROUND_FETCH_EVENTS) {
    scope.addEventListener(name, (event) => handle(event, post));
  }
}

scope.addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  port?.addEventListener('message', receive);
  port?.start();
});
scope.addEventListener('message', receive);

function receive(event: Event): void {
  const {data, ports} = event as MessageEvent<Command>;
  void run(data).then((answer) => {
    ports[0]?.postMessage(answer);
  });
}
