/** What a test tells the worker with the engine. */
export type EngineCommand =
  | {
      readonly type: 'fetch';
      readonly id: string;
      readonly urls: readonly string[];
    }
  | {readonly type: 'abort' | 'downloaded'; readonly id: string}
  | {readonly type: 'get-ids' | 'reports' | 'surface' | 'unregister'};

/** What the worker saw of an event. */
export interface EngineReport {
  readonly name: string;
  readonly id: string;
  readonly result: string;
  readonly failureReason: string;
  readonly isActive: boolean;
  readonly isSame: boolean;
  readonly isExtendable: boolean;
  readonly tag: string;
  readonly lengths: readonly number[];
  readonly handled: number;
}

export interface EngineWorker {
  readonly registration: ServiceWorkerRegistration;
  send(command: EngineCommand): Promise<unknown>;
  reports(): Promise<readonly EngineReport[]>;
}

const SCRIPT = '/classic/tests/inspector-core/engine/support/engine-worker.js';

/**
 * A service worker, active: of its own scope, or the first, or next, version of
 * one that is given.
 */
export async function startEngineWorker({
  scope = `/engine-worker-${Date.now()}-${Math.random()}/`,
  version = 1,
}: {
  readonly scope?: string;
  readonly version?: number;
} = {}): Promise<EngineWorker> {
  const registration = await navigator.serviceWorker.register(
    `${SCRIPT}?version=${version}`,
    {scope},
  );
  const worker = registration.installing ?? registration.active;
  if (worker === null) throw new Error('There is no worker.');
  await new Promise<void>((resolve) => {
    const check = (): void => {
      if (worker.state === 'activated') resolve();
    };
    worker.addEventListener('statechange', check);
    check();
  });
  const send = async (command: EngineCommand): Promise<unknown> => {
    const {port1, port2} = new MessageChannel();
    const answer = new Promise<{value?: unknown; error?: string}>((resolve) => {
      port1.addEventListener('message', ({data}) => {
        resolve(data as {value?: unknown; error?: string});
      });
    });
    port1.start();
    worker.postMessage(command, [port2]);
    const {value, error} = await answer;
    port1.close();
    if (error !== undefined) throw new Error(error);
    return value;
  };
  return {
    registration,
    send,
    reports: async () =>
      (await send({type: 'reports'})) as readonly EngineReport[],
  };
}
