/**
 * A realm with the engine, of whatever kind, that tells how it is there: errors
 * of installing it, and what comes of a fetch it is asked for.
 */
import {installInPage} from '../../../../inspector-core/engine/page.js';
import type {BackgroundFetchServiceWorkerRegistration} from '../../../../inspector-core/platform/background-fetch.js';

/** What is answered to each message. */
export interface RealmReport {
  readonly errors: readonly string[];
  /** Which of the interfaces there are. */
  readonly interfaces: readonly string[];
  /** Of the fetch, if one was asked for, and can be. */
  readonly outcome?: string;
  readonly progress?: readonly string[];
}

export interface RealmRequest {
  readonly scope: string;
  readonly id: string;
  readonly url: string;
}

const errors: string[] = [];
globalThis.addEventListener('unhandledrejection', ({reason}) => {
  errors.push(`unhandled: ${String(reason)}`);
});
try {
  installInPage({route: 'emulated'});
} catch (error) {
  errors.push(`thrown: ${String(error)}`);
}

const run = async ({
  scope,
  id,
  url,
}: RealmRequest): Promise<Omit<RealmReport, 'errors' | 'interfaces'>> => {
  const known = await navigator.serviceWorker.getRegistration(scope);
  const registration = known as
    BackgroundFetchServiceWorkerRegistration | undefined;
  if (registration === undefined) return {outcome: 'no registration'};
  const fetch = await registration.backgroundFetch.fetch(id, url);
  const progress: string[] = [];
  await new Promise<void>((resolve) => {
    const listen = (): void => {
      progress.push(fetch.result);
      if (fetch.result !== '') resolve();
    };
    fetch.addEventListener('progress', listen);
    if (fetch.result !== '') resolve();
  });
  return {outcome: fetch.failureReason || fetch.result, progress};
};

const answer = async (
  request: RealmRequest | undefined,
): Promise<RealmReport> => ({
  ...(request === undefined
    ? {}
    : await run(request).catch((error: unknown) => ({
        outcome: String(error),
      }))),
  errors,
  interfaces: [
    'BackgroundFetchManager',
    'BackgroundFetchRecord',
    'BackgroundFetchRegistration',
  ].filter((name) => name in globalThis),
});

const serve =
  (port: Pick<MessagePort, 'postMessage'> | undefined) =>
  async ({data}: MessageEvent<{readonly engine?: RealmRequest | 'look'}>) => {
    const {engine} = data;
    if (engine === undefined) return;
    const report = await answer(engine === 'look' ? undefined : engine);
    port?.postMessage(report);
  };

globalThis.addEventListener('message', (event) => {
  void serve(event.ports[0])(event);
});
// A shared worker's pages come by port.
globalThis.addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  port?.addEventListener('message', (sent: MessageEvent) => {
    void serve(port)(sent);
  });
  port?.start();
});
