/**
 * Installs the hooks as a classic script, `/classic/tests/support/hooked-realm.js`,
 * put into a page before its first line or after.
 */
import {hookRealm, type HookedRealm} from './hook-realm.js';

declare global {
  // oxlint-disable-next-line no-var -- only `var` declares a global's member
  var hookedRealm: HookedRealm | undefined;
}

globalThis.hookedRealm = hookRealm(
  document.currentScript?.dataset['timing'] === 'late'
    ? 'late'
    : 'before-scripts',
);
