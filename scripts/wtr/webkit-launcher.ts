import type {BrowserLauncher} from '@web/test-runner';
import {DATABASE_NAME} from '../../inspector-core/engine/storage/schema.js';
import {startWebKit, type WebKitSession} from '../webkit.js';

/**
 * Runs test files in WebKit's one window, one after the other; in another browser
 * after a file whose service workers had the engine. WebKit keeps a transaction that
 * waits for its turn while its service worker is stopped. It begins later, with
 * nobody to end it, and no other of its origin begins until the browser ends.
 */
export function webkitLauncher(): BrowserLauncher {
  let starting: Promise<WebKitSession> | undefined;
  const urls = new Map<string, string>();
  const startSession = async (id: string, url: string): Promise<void> => {
    starting ??= startWebKit();
    const session = await starting;
    urls.set(id, url);
    await session.open(url);
  };
  const stop = async (): Promise<void> => {
    const session = await starting?.catch(() => undefined);
    starting = undefined;
    await session?.close();
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
      if (session === undefined) return {};
      if (await hasStored(session)) await stop();
      // So that what a test left running ends with it.
      else await session.open('about:blank');
      return {};
    },
    stop,
  };
}

function hasStored(session: WebKitSession): Promise<unknown> {
  return session.run(
    `const databases = await indexedDB.databases();
    return databases.some(({name}) => name === arguments[0]);`,
    DATABASE_NAME,
  );
}
