/** Puts the hook into the realm that the script runs in, and makes it callable. */
import {createAgent, lastOf} from '../bridge/agent/agent.js';
import {BroadcastRealm} from '../bridge/endpoints/broadcast-realm.js';
import {
  createRealmEnd,
  type RealmEnd,
} from '../bridge/endpoints/debugger-realm.js';
import {createGuard, describeRealm, installHooks, now} from '../hooks/hooks.js';
import {RealmLog} from '../log/log.js';
import {OK, refuse} from '../protocol/commands.js';
import type {RealmOpened} from '../protocol/protocol.js';
import {describeAttempts} from './describe-attempts.js';
import {provideEngine, type Emulation, type EngineHost} from './engine.js';
import {describeConditions} from './describe-conditions.js';
import {executeOnEngine} from './execute-on-engine.js';
import {exposeConditions} from './expose-conditions.js';
import {readOptions, type InjectOptions} from './options.js';
import {findPresence, takeBinding, type Presence} from './presence.js';
import {shareConditions, type LibraryChannel} from './share-conditions.js';

/** Entries that a page which unloads may still send: a few milliseconds' worth. */
const LAST_WORDS = 5_000;

/** What differs between the kinds of realm. */
export interface Host extends EngineHost {
  /** Calls back when the realm may be about to end; ends that if aborted. */
  readonly onLeaving: (flush: () => void, signal: AbortSignal) => void;
  /** Closes a library channel for as long as the realm is laid aside. */
  readonly follow: (channel: LibraryChannel) => void;
  /** Whether the realm's own scripts have run, as far as can be told. */
  readonly timing: () => RealmOpened['timing'];
}

/**
 * Works any number of times in a realm: whoever comes after the first finds the
 * hook there, and is only connected to it. Never throws into the realm.
 */
export function inject(host: Host): void {
  // An app that is rendered on a server imports there what its pages do.
  if (globalThis.location === undefined) return;
  const options = readOptions();
  // Who asks for a route wants the engine, whether or not it is observed.
  if (!options.record && options.route === undefined) return;
  const timing = options.timing ?? host.timing();
  const emulation = provideEngine(host, options);
  // The debugger's realms are left as they are: there, the panel sets them.
  if (options.channel === 'broadcast') exposeConditions(emulation.engine);
  if (!options.record) return;
  const binding = options.channel === 'debugger' ? takeBinding() : undefined;
  const presence = findPresence() ?? install(host, timing, emulation, options);
  if (options.channel === 'broadcast') presence.open();
  else if (binding !== undefined) presence.attach(binding);
}

function install(
  host: Host,
  timing: RealmOpened['timing'],
  emulation: Emulation,
  options: InjectOptions,
): Presence {
  const log = new RealmLog({now});
  const source = describeRealm(globalThis);
  let debuggerEnd: RealmEnd | undefined;
  let broadcast: BroadcastRealm | undefined;
  const uninstalled = new AbortController();
  const connectDebugger = (): RealmEnd => {
    let sent = 0;
    const end = createRealmEnd(
      agent.connect((last) => {
        sent = last;
      }),
    );
    host.onLeaving(() => {
      const rest = agent.readNow(sent, LAST_WORDS);
      if (rest.entries.length === 0) return;
      sent = lastOf(rest, 0);
      end.sayFarewell(rest);
    }, uninstalled.signal);
    return end;
  };
  const presence: Presence = {
    receive: (text) => debuggerEnd?.receive(text),
    attach: (binding) => {
      debuggerEnd ??= connectDebugger();
      debuggerEnd.attach(binding);
    },
    open: () => {
      if (broadcast !== undefined) return;
      broadcast = new BroadcastRealm(agent);
      const {engine} = emulation;
      for (const channel of [broadcast, engine && shareConditions(engine)]) {
        if (channel === undefined) continue;
        channel.open();
        host.follow(channel);
      }
    },
  };
  const hooks = installHooks({
    scope: globalThis,
    log,
    source,
    timing,
    installation: Object.freeze(presence),
    ...(emulation.engine !== undefined && {routes: emulation.engine}),
  });
  const guard = createGuard((fault) => log.append(fault));
  emulation.engine?.observe(
    describeAttempts((fact) => guard('attempts', () => log.append(fact))),
  );
  const {conditions, worker} = emulation.engine ?? {};
  const unconditioned = new AbortController();
  if (conditions !== undefined && worker !== undefined) {
    describeConditions(
      conditions,
      worker.scope,
      (fact) => guard('conditions', () => log.append(fact)),
      unconditioned.signal,
    );
    // They are set already, unless they cannot be: then the log says why.
    const {conditions: file} = options;
    guard('conditions', () => {
      if (file !== undefined) conditions.apply(file);
    });
  }
  const agent = createAgent({
    log,
    source,
    execute: (command) => {
      const done = executeOnEngine(emulation, command);
      if (done !== undefined) return done;
      // The page loaded the hook by itself: it is not the debugger's to take.
      if (broadcast !== undefined) {
        return refuse('The page itself loaded the hook.');
      }
      hooks.uninstall();
      emulation.engine?.observe(undefined);
      unconditioned.abort();
      uninstalled.abort();
      // What only the inspector asked for ends with it.
      conditions?.reset();
      emulation.engine?.setConcern(undefined);
      emulation.setRoute('auto');
      emulation.remove();
      return OK;
    },
  });
  return presence;
}
