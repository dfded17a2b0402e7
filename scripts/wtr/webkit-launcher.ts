import type {BrowserLauncher} from '@web/test-runner';
import {startWebKit, type WebKitSession} from '../webkit.js';

/** Runs test files in WebKit's one window, one after the other. */
export function webkitLauncher(): BrowserLauncher {
  let starting: Promise<WebKitSession> | undefined;
  const urls = new Map<string, string>();
  const startSession = async (id: string, url: string): Promise<void> => {
    starting ??= startWebKit();
    const session = await starting;
    urls.set(id, url);
    await session.open(url);
  };
  return {
    name: 'WebKit',
    type: 'webkit',
    concurrency: 1,
    startSession,
    startDebugSession: startSession,
    isActive: (id) => urls.has(id),
    getBrowserUrl: (id) => urls.get(id),
    async stopSession(id) {
      urls.delete(id);
      const session = await starting;
      // So that what a test left running ends with it.
      await session?.open('about:blank');
      return {};
    },
    async stop() {
      const session = await starting?.catch(() => undefined);
      await session?.close();
    },
  };
}
