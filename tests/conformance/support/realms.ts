/** The realms of one origin in which a script can run: pages and workers. */
import {inject, openFrame, type RealmWindow} from '../../support/frames.js';
import {ENGINE_OPTIONS, route} from './route.js';
import type {Answer, RealmScript, WorkerSelf} from './worker-script.js';

/** A realm that runs what a test gives it. */
export interface Realm {
  run<R, A = undefined>(
    script: RealmScript<A, R>,
    argument?: A,
  ): Promise<Awaited<R>>;
  close(): unknown;
}

/** Kinds of realms, as Web IDL's `[Exposed]` tells them apart. */
export const REALM_KINDS = [
  'window',
  'dedicated worker',
  'shared worker',
  'service worker',
] as const;

export type RealmKind = (typeof REALM_KINDS)[number];

export const WORKER_SCRIPT = `/classic/tests/conformance/support/worker.js?route=${route}`;

/** Something that takes messages: a worker, or a shared worker's port. */
interface Inbox {
  postMessage(message: unknown, transfer: Transferable[]): void;
}

/** Runs a script in the realm behind this, and gives what it answers. */
export function runBehind(inbox: () => Inbox): Realm['run'] {
  return async (script, argument) => {
    const {port1, port2} = new MessageChannel();
    const answer = new Promise<Answer>((resolve) => {
      port1.addEventListener('message', ({data}: MessageEvent<Answer>) => {
        resolve(data);
      });
      port1.start();
    });
    inbox().postMessage({script: String(script), argument}, [port2]);
    const {value, error} = await answer;
    port1.close();
    if (error !== undefined) throw new Error(`In the worker: ${error}`);
    return value as never;
  };
}

/** A new realm of a kind; that of a service worker is given, and not closed. */
export async function openRealm(
  kind: RealmKind,
  serviceWorker: Realm,
): Promise<Realm> {
  switch (kind) {
    case 'window':
      return openPage('/conformance/none/');
    case 'dedicated worker': {
      const worker = new Worker(WORKER_SCRIPT);
      return {run: runBehind(() => worker), close: () => worker.terminate()};
    }
    case 'shared worker': {
      const {port} = new SharedWorker(WORKER_SCRIPT, `${Math.random()}`);
      port.start();
      return {run: runBehind(() => port), close: () => port.close()};
    }
    case 'service worker':
      return {...serviceWorker, close: () => {}};
  }
}

/** A page of its own. */
export interface Page extends Realm {
  readonly window: RealmWindow;
}

/** Opens an empty page, below a scope; in a frame. */
export async function openPage(scope: string): Promise<Page> {
  const {frame, window} = await openFrame({
    src: new URL('blank.html', new URL(scope, location.href)).href,
  });
  if (route === 'engine') await inject(window, ENGINE_OPTIONS);
  return {
    window,
    run: runInside(window),
    close: () => frame.remove(),
  };
}

/** Runs a script as the window's own: with its functions, and its errors. */
function runInside(window: RealmWindow): Realm['run'] {
  return async <R, A>(
    script: RealmScript<A, R>,
    argument?: A,
  ): Promise<Awaited<R>> => {
    const inside = window.eval(`(${String(script)})`) as typeof script;
    const value: unknown = inside(
      window as unknown as WorkerSelf,
      argument as A,
    );
    return (await value) as Awaited<R>;
  };
}

if (route === 'engine') await inject(window, ENGINE_OPTIONS);
