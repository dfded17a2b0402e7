import type {BackgroundFetchManager} from '../../../../inspector-core/platform/background-fetch.js';

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
  const frame = document.createElement('iframe');
  const url = new URL('blank.html', new URL(scope, location.href));
  if (csp !== undefined) url.searchParams.set('csp', csp);
  frame.src = url.href;
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, {once: true});
  });
  document.body.append(frame);
  await loaded;
  const {contentWindow: window} = frame;
  if (window === null) throw new Error('The page has no window.');
  if (hasEngine) {
    const script = window.document.createElement('script');
    script.src = SCRIPT;
    const hasRun = new Promise((resolve, reject) => {
      script.addEventListener('load', resolve);
      script.addEventListener('error', reject);
    });
    window.document.head.append(script);
    await hasRun;
  }
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
