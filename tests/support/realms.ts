/** Realms to test the hooks in: pages, frames and workers, hooked and not. */
import type {
  BackgroundFetchManager,
  BackgroundFetchServiceWorkerRegistration,
} from '../../inspector-core/platform/background-fetch.js';
import type {
  Fact,
  FactOf,
  FactType,
  RealmEntry,
} from '../../inspector-core/protocol/protocol.js';
import {openFrame, runScript, type RealmWindow} from './frames.js';

const HERE = '/classic/tests/support';

type Falsy = undefined | null | false | 0;

/** Waits for an effect; the test's own time limit says when it has failed. */
export async function until<T>(
  look: () => T | Promise<T>,
): Promise<Exclude<T, Falsy>> {
  for (;;) {
    const found = await look();
    if (found) return found as Exclude<T, Falsy>;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const hasNativeApi = 'BackgroundFetchManager' in globalThis;

export const factsOf = <T extends FactType>(
  entries: readonly RealmEntry[],
  type: T,
): readonly FactOf<T>[] =>
  entries
    .map(({fact}): Fact => fact)
    .filter((fact): fact is FactOf<T> => fact.type === type);

const cleanups: (() => unknown)[] = [];

/** Closes what a test opened; call it after each. */
export async function closeRealms(): Promise<void> {
  while (cleanups.length > 0) await cleanups.pop()?.();
}

export interface WorkerKit {
  readonly note: (value: unknown) => void;
  readonly notes: readonly unknown[];
  readonly entries: () => readonly RealmEntry[];
  readonly hook: () => void;
  readonly uninstall: () => void;
}

/** The global of a service worker, as far as the tests' scripts use it. */
export interface WorkerSelf extends EventTarget {
  readonly registration: BackgroundFetchServiceWorkerRegistration;
  skipWaiting(): Promise<void>;
  [name: string]: unknown;
}

/** Becomes text: it can use nothing from around it. */
type WorkerScript<A, R> = (self: WorkerSelf, kit: WorkerKit, argument: A) => R;

export interface ScriptedWorker {
  readonly scope: string;
  readonly registration: BackgroundFetchServiceWorkerRegistration;
  run<R, A = undefined>(
    script: WorkerScript<A, R>,
    argument?: A,
  ): Promise<Awaited<R>>;
  entries(): Promise<readonly RealmEntry[]>;
}

let scopes = 0;
const session = Math.random().toString(36).slice(2);

/** Registers a service worker, and waits until it is active. */
export async function startWorker({
  hooks = false,
  script = () => {},
}: {
  readonly hooks?: boolean;
  readonly script?: WorkerScript<undefined, unknown>;
} = {}): Promise<ScriptedWorker> {
  const path = `/scopes/${session}/${(scopes += 1)}/`;
  const query = new URLSearchParams({
    hooks: hooks ? 'yes' : 'no',
    script: String(script),
  });
  const registration = (await navigator.serviceWorker.register(
    `${HERE}/scripted-worker.js?${query.toString()}`,
    {scope: path},
  )) as BackgroundFetchServiceWorkerRegistration;
  cleanups.push(() => registration.unregister());
  await until(() => registration.active?.state === 'activated');
  const run: ScriptedWorker['run'] = async (step, argument) => {
    const {port1, port2} = new MessageChannel();
    const answer = new Promise<{value?: never; error?: string}>((resolve) => {
      port1.addEventListener('message', ({data}: MessageEvent) => {
        resolve(data as {value?: never; error?: string});
      });
      port1.start();
    });
    registration.active?.postMessage({script: String(step), argument}, [port2]);
    const {value, error} = await answer;
    if (error !== undefined) throw new Error(`In the worker: ${error}`);
    return value as never;
  };
  return {
    scope: registration.scope,
    registration,
    run,
    entries: () => run((_self, kit) => kit.entries()),
  };
}

/** A page in a worker's scope, hooked or not. */
export interface Realm {
  readonly window: RealmWindow;
  /** Of the hook; empty without it. */
  entries(): readonly RealmEntry[];
  registration(): Promise<BackgroundFetchServiceWorkerRegistration>;
  manager(): Promise<BackgroundFetchManager>;
  /** Installs the hooks, as they come late. */
  hook(timing?: 'before-scripts' | 'late'): Promise<void>;
  /** Reasons of the rejections that the page has not handled by now. */
  unhandledSoFar(): Promise<readonly unknown[]>;
}

interface RealmOptions {
  readonly scope?: string;
  /** Whether a browser without the API gets a fake one. */
  readonly fakes?: boolean;
  readonly kind?: 'frame' | 'window';
  readonly hooks?: boolean;
  /** Done to the page before its hooks come. */
  readonly before?: (window: RealmWindow) => void;
}

/**
 * Opens an empty page in a scope. Chromium pauses a background fetch that a frame
 * starts, so a test that downloads wants a window; elsewhere a frame does, and
 * WebKitGTK opens no windows.
 */
export async function openRealm({
  scope = '/scopes/none/',
  kind = 'frame',
  hooks = false,
  fakes = true,
  before,
}: RealmOptions = {}): Promise<Realm> {
  const url = new URL('blank.html', new URL(scope, location.href)).href;
  const window = await (kind === 'window' && hasNativeApi
    ? openWindow(url)
    : openFramed(url));
  const unhandled: unknown[] = [];
  window.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    unhandled.push(event.reason);
  });
  const unhandledSoFar: Realm['unhandledSoFar'] = async () => {
    // They are reported in their order: once this one is, the others were.
    const last = new Error('The last one');
    void window.Promise.reject(last);
    await until(() => unhandled.includes(last));
    return unhandled.filter((reason) => reason !== last);
  };
  if (!hasNativeApi && fakes) {
    await runScript(window.document, `${HERE}/fake-platform.js`);
  }
  before?.(window);
  const hook: Realm['hook'] = (timing = 'late') =>
    runScript(window.document, `${HERE}/hooked-realm.js`, {timing});
  if (hooks) await hook('before-scripts');
  const registration =
    async (): Promise<BackgroundFetchServiceWorkerRegistration> =>
      (await window.navigator.serviceWorker.getRegistration(
        scope,
      )) as BackgroundFetchServiceWorkerRegistration;
  return {
    window,
    unhandledSoFar,
    hook,
    registration,
    // A copy: the page may have replaced the methods of its arrays.
    entries: () => structuredClone(window.hookedRealm?.entries() ?? []),
    manager: async () => (await registration()).backgroundFetch,
  };
}

/** A page with a worker of its own, hooked unless it is said otherwise. */
export async function openOwn(options: Omit<RealmOptions, 'scope'> = {}) {
  const {scope} = await startWorker();
  const realm = await openRealm({hooks: true, ...options, scope});
  return {scope, realm, manager: await realm.manager()};
}

/**
 * Runs the same steps in a page without hooks and in one with them, each with a
 * worker of its own, and gives what came of both.
 */
export async function sideBySide<T>(
  steps: (realm: Realm) => Promise<T>,
  options: Pick<RealmOptions, 'kind'> = {},
): Promise<{readonly plain: T; readonly hooked: T; readonly realm: Realm}> {
  const plain = await steps((await openOwn({...options, hooks: false})).realm);
  const {realm} = await openOwn(options);
  return {plain, hooked: await steps(realm), realm};
}

/** A call with arguments that its type forbids. */
export const call = (
  owner: object,
  name: string,
  ...args: readonly unknown[]
): unknown =>
  Reflect.apply(Reflect.get(owner, name) as () => unknown, owner, args);

/** How a call ended, as data. */
export async function outcomeOf(call: () => unknown): Promise<string> {
  let promise: unknown;
  try {
    promise = call();
  } catch (error) {
    return `throws ${String(error)}`;
  }
  try {
    return `fulfils ${String(await promise)}`;
  } catch (error) {
    return `rejects ${String(error)}`;
  }
}

async function openFramed(src: string): Promise<RealmWindow> {
  const {frame, window} = await openFrame({src});
  cleanups.push(() => frame.remove());
  return window;
}

async function openWindow(url: string): Promise<RealmWindow> {
  const opened = window.open(url) as RealmWindow | null;
  if (opened === null) throw new Error('The browser blocked the window');
  cleanups.push(() => opened.close());
  await until(
    () =>
      opened.document.title === 'blank' &&
      opened.document.readyState === 'complete',
  );
  return opened;
}

/** A resource of the test server, see scripts/wtr/resources.ts. */
export function resource(options: {
  readonly size?: number;
  readonly status?: number;
  readonly pause?: number;
  readonly name?: string;
}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(options)) {
    query.set(name, String(value));
  }
  return new URL(`/resource?${query.toString()}`, location.href).href;
}
