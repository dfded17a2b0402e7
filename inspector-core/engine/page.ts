/**
 * The engine in a page, or a dedicated or shared worker: the API in this realm,
 * and the engine itself in the service worker.
 */
import type {Clock} from './seams/clock.js';
import {createSystemClock} from './seams/system-clock.js';
import {
  installInterfaces,
  type SurfaceBackend,
  type SurfaceScope,
} from './surface/install.js';
import {Instances} from './surface/instances.js';
import {createRemoteBackend} from './surface/remote-backend.js';

export interface PageEngineOptions {
  readonly scope?: SurfaceScope;
  readonly clock?: Clock;
}

/**
 * Installs Background Fetch in this realm, in place of the browser's own if it
 * has one. The worker of each registration that is used must have the engine.
 */
export function installInPage({
  scope = globalThis,
  clock = createSystemClock(),
}: PageEngineOptions = {}): void {
  const backends = new Map<string, SurfaceBackend>();
  installInterfaces(scope, (registration) => {
    const known = backends.get(registration.scope);
    if (known !== undefined) return known;
    const backend = createRemoteBackend(registration, clock);
    const surface = {backend, instances: new Instances(backend)};
    backends.set(registration.scope, surface);
    return surface;
  });
}
