// https://w3c.github.io/webappsec-csp/#connect-src-pre-request
import {origin} from '../../platform/primordials.js';
import {nextTask} from '../next-task.js';

/**
 * Which URLs this realm's own Content Security Policy forbids to connect to.
 * Resolves with none where that cannot be found out; never rejects.
 *
 * The engine fetches in the service worker, whose policy is another one. No
 * browser tells a script its policy, so each URL is tried, by a request that the
 * browser gives up between the check of the policy and the network. Violations
 * are seen, and reported, as those of `fetch()` are.
 */
export type FindForbiddenUrls = (
  urls: readonly string[],
) => Promise<ReadonlySet<string>>;

/** Beyond what all keepalive requests of a page may have together. */
const BEYOND_QUOTA = 64 * 1024 + 1;

/** Has a cross-origin server asked for its leave before anything else. */
const UNSAFE_HEADER = 'x-policy-check';

export function createFindForbiddenUrls(
  scope: typeof globalThis,
): FindForbiddenUrls {
  // Kept from now on: the page may replace them.
  const {fetch, AbortController, XMLHttpRequest} = scope;
  const isWindow = 'document' in scope;
  // Its order of the checks is another one than that of the other browsers.
  const isGecko = 'InternalError' in scope;

  const start = (url: string, init: RequestInit = {}): Promise<Response> =>
    Reflect.apply(fetch, scope, [url, {credentials: 'omit', ...init}]);

  /** Of what needs no network: only a policy forbids it, or it is no good. */
  const isRefused = (url: string): Promise<boolean> =>
    start(url).then(
      () => false,
      () => true,
    );

  /** Those that failed before they could be aborted. */
  const failing = async (
    urls: readonly string[],
    initOf: (url: string) => RequestInit,
  ): Promise<readonly string[]> => {
    const haveFailed = await Promise.all(
      urls.map((url) => {
        const controller = new AbortController();
        const {signal} = controller;
        const attempted = start(url, {...initOf(url), signal});
        // At once: what is aborted says nothing in the console.
        controller.abort();
        return attempted.then(
          () => false,
          ({name}: Error) => name !== 'AbortError',
        );
      }),
    );
    return urls.filter((_, index) => haveFailed[index]);
  };

  let tooMuch: Blob | undefined;
  /** What there is no room for is not sent, and no service worker sees it. */
  const beyondQuota = (): RequestInit => {
    tooMuch ??= new Blob([new Uint8Array(BEYOND_QUOTA)]);
    return {method: 'POST', mode: 'no-cors', keepalive: true, body: tooMuch};
  };

  /** WebKit checks the quota first, too, but says what the policy forbids. */
  const askInWindow: FindForbiddenUrls = async (urls) => {
    const violations = watchViolations(scope);
    const failed = await failing(urls, isGecko ? hardlySent : beyondQuota);
    if (failed.length > 0) await nextTask();
    violations.stop();
    return new Set(failed.filter((url) => violations.has(url)));
  };

  /** WebKit has no events of violations in workers, but checks them first. */
  const askInWorker: FindForbiddenUrls = async (urls) => {
    const failed = await failing(urls, beyondQuota);
    // A browser in which all would fail, allowed or not, shows here.
    return new Set(await failing(failed, hardlySent));
  };

  /**
   * Gecko checks a worker's requests in another thread: whether a `fetch()` is
   * aborted before or after is chance, but XMLHttpRequest waits for it.
   */
  const askInGeckoWorker: FindForbiddenUrls = async (urls) => {
    const violations = watchViolations(scope);
    for (const url of urls) {
      const request = new XMLHttpRequest();
      request.open('HEAD', url);
      request.setRequestHeader(UNSAFE_HEADER, '');
      request.send();
      request.abort();
    }
    // Events come by way of the main thread, and so does the answer to this.
    await scope.navigator.permissions
      .query({name: 'notifications'})
      .catch(() => {});
    await nextTask();
    violations.stop();
    return new Set(urls.filter((url) => violations.has(url)));
  };

  /**
   * Gecko has nothing that is surely not sent; if the machine is slow, one in a
   * thousand is. So there must be a policy before anything is tried, and that is
   * found out by what needs no network, and only a policy can forbid.
   */
  let hasPolicy = false;
  const mayForbid = async (): Promise<boolean> => {
    const local = URL.createObjectURL(new Blob());
    for (const url of ['data:,', local]) {
      hasPolicy ||= await isRefused(url);
    }
    URL.revokeObjectURL(local);
    return hasPolicy;
  };

  const ask = isWindow ? askInWindow : isGecko ? askInGeckoWorker : askInWorker;
  return async (urls) => {
    const forbidden = new Set<string>();
    // Others fail anyway, wherever they are fetched.
    const distinct = [...new Set(urls)];
    const local = distinct.filter((url) => /^(data|blob):/.test(url));
    const remote = distinct.filter((url) => /^https?:/.test(url));
    try {
      for (const url of local) if (await isRefused(url)) forbidden.add(url);
      if (remote.length === 0) return forbidden;
      if (isGecko && !hasPolicy && !(await mayForbid())) return forbidden;
      for (const url of await ask(remote)) forbidden.add(url);
    } catch {
      // What is not known is allowed here, and tried by the worker.
    }
    return forbidden;
  };
}

/** The least that can be sent, if it is sent before it is aborted. */
function hardlySent(url: string): RequestInit {
  return new URL(url).origin === origin
    ? {method: 'HEAD', mode: 'same-origin', cache: 'only-if-cached'}
    : {method: 'HEAD', headers: {[UNSAFE_HEADER]: ''}};
}

function watchViolations(scope: EventTarget) {
  const ended = new AbortController();
  const blocked = new Set<string>();
  scope.addEventListener(
    'securitypolicyviolation',
    (event) => {
      const {disposition, effectiveDirective, blockedURI} =
        event as SecurityPolicyViolationEvent;
      if (disposition !== 'enforce') return;
      if (effectiveDirective === 'connect-src') blocked.add(blockedURI);
    },
    {capture: true, signal: ended.signal},
  );
  return {
    // "Strip URL for use in reports: … set url's fragment to null."
    has: (url: string): boolean => blocked.has(url.replace(/#.*/s, '')),
    stop: (): void => {
      ended.abort();
    },
  };
}
