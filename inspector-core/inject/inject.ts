/** Puts the hook into the realm that the script runs in, and makes it callable. */
import {expose} from 'comlink';
import {createAgent} from '../bridge/agent/agent.js';
import {BroadcastRealm} from '../bridge/endpoints/broadcast-realm.js';
import {
  createRealmEnd,
  type RealmEnd,
} from '../bridge/endpoints/debugger-realm.js';
import {describeRealm, installHooks, now} from '../hooks/hooks.js';
import {RealmLog} from '../log/log.js';
import {readOptions, type InjectOptions} from './options.js';
import {findPresence, takeBinding, type Presence} from './presence.js';

/** What differs between the kinds of realm. */
export interface Host {
  /** Closes the library channel for as long as the realm is laid aside. */
  readonly follow: (channel: BroadcastRealm) => void;
  /** Whether the realm's own scripts have run, as far as can be told. */
  readonly timing: () => 'before-scripts' | 'late';
}

/**
 * Works any number of times in a realm: whoever comes after the first finds the
 * hook there, and is only connected to it. Never throws into the realm.
 */
export function inject(host: Host): void {
  const options = readOptions();
  const binding = options.channel === 'debugger' ? takeBinding() : undefined;
  const presence = findPresence() ?? install(host, options);
  if (options.channel === 'broadcast') presence.open();
  else if (binding !== undefined) presence.attach(binding);
}

function install(host: Host, {timing}: InjectOptions): Presence {
  const log = new RealmLog({now});
  const source = describeRealm(globalThis);
  let debuggerEnd: RealmEnd | undefined;
  let broadcast: BroadcastRealm | undefined;
  const presence: Presence = {
    receive: (text) => debuggerEnd?.receive(text),
    attach: (binding) => {
      if (debuggerEnd === undefined) {
        debuggerEnd = createRealmEnd();
        expose(agent.connect(), debuggerEnd.endpoint);
      }
      debuggerEnd.attach(binding);
    },
    open: () => {
      if (broadcast !== undefined) return;
      broadcast = new BroadcastRealm(agent);
      broadcast.open();
      host.follow(broadcast);
    },
  };
  const hooks = installHooks({
    scope: globalThis,
    log,
    source,
    timing: timing ?? host.timing(),
    installation: Object.freeze(presence),
  });
  const agent = createAgent({
    log,
    source,
    uninstall: () => {
      // The page loaded the hook by itself: it is not the debugger's to take.
      if (broadcast !== undefined) {
        return {ok: false, message: 'The page itself loaded the hook.'};
      }
      hooks.uninstall();
      return {ok: true};
    },
  });
  return presence;
}
