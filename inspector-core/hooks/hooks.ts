/**
 * The wrapper around the browser's Background Fetch API: sees every use of it in
 * one realm, and appends what it sees to the realm's log.
 *
 * @example
 * const source = describeRealm(globalThis);
 * const log = new RealmLog({now});
 * const hooks = installHooks({
 *   scope: globalThis, log, source, timing: 'before-scripts',
 * });
 */
export {describeRequests} from './describe.js';
export {createGuard, type Guard} from './guard.js';
export {installHooks, type HookOptions, type Hooks} from './install-hooks.js';
export {findInstallation} from './marker.js';
export {now} from '../platform/primordials.js';
export {describeRealm} from './realm.js';
export type {Routes} from './routes.js';
export {isServiceWorker} from './worker-scope.js';
