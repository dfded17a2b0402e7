import type {BackgroundFetchManager} from '../../../../inspector-core/platform/background-fetch.js';
import {openFrame, runScript} from '../../../support/frames.js';

const SCRIPT = '/classic/tests/inspector-core/engine/support/engine-page.js';

/** Another page of this origin. */
export interface Page {
  readonly window: Window;
  registration(scope: string): Promise<ServiceWorkerRegistration>;
  /** Of the engine in that page. */
  manager(scope: string): Promise<BackgroundFetchManager>;
  close(): void;
}

/** Opens one below a scope; so a worker there controls it. */
export async function openPage(
  scope: string,
  {hasEngine = true, csp}: {hasEngine?: boolean; csp?: string} = {},
): Promise<Page> {
  const url = new URL('blank.html', new URL(scope, location.href));
  if (csp !== undefined) url.searchParams.set('csp', csp);
  const {frame, window} = await openFrame({src: url.href});
  if (hasEngine) await runScript(window.document, SCRIPT);
  const registration = async (
    wanted: string,
  ): Promise<ServiceWorkerRegistration> => {
    const found = await window.navigator.serviceWorker.getRegistration(wanted);
    if (found === undefined) throw new Error(`${wanted} is not registered.`);
    return found;
  };
  return {
    window,
    registration,
    manager: async (wanted) =>
      Reflect.get(
        await registration(wanted),
        'backgroundFetch',
      ) as BackgroundFetchManager,
    close: () => {
      frame.remove();
    },
  };
}
