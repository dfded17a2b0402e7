import {
  describeRealm,
  installHooks,
  now,
} from '../../inspector-core/hooks/hooks.js';
import {RealmLog} from '../../inspector-core/log/log.js';
import type {RealmEntry} from '../../inspector-core/protocol/protocol.js';

/** What a test finds in a hooked realm. */
export interface HookedRealm {
  readonly isInstalled: boolean;
  readonly entries: () => readonly RealmEntry[];
  readonly uninstall: () => void;
}

/** Installs the hooks in the realm that this runs in. */
export function hookRealm(timing: 'before-scripts' | 'late'): HookedRealm {
  const log = new RealmLog({now});
  const source = describeRealm(globalThis);
  const hooks = installHooks({scope: globalThis, log, source, timing});
  return {
    isInstalled: hooks.isInstalled,
    entries: () => log.read(0, Infinity).entries,
    uninstall: () => hooks.uninstall(),
  };
}
