import type {RealmLog} from '../log/log.js';
import type {Fact, RealmOpened, Source} from '../protocol/protocol.js';
import {readApi, type Api} from './api.js';
import {meetExisting} from './attach.js';
import {observeCalls} from './calls.js';
import {describeUrl} from './describe.js';
import {followEventHandlers} from './event-handlers.js';
import {createGuard} from './guard.js';
import type {HookContext, Listen} from './hook-context.js';
import {followManagers} from './managers.js';
import {claimRealm, releaseRealm} from './marker.js';
import {followPageLifecycle} from './page-lifecycle.js';
import {createPatches} from '../platform/patch.js';
import {listen, push, readerOf, unlisten} from '../platform/primordials.js';
import {followRecords} from './records.js';
import {followRegistrations} from './registrations.js';
import type {Routes} from './routes.js';
import {keepResponseReady} from './response-ready.js';
import {followWorkerEvents, type WorkerEvents} from './worker-events.js';
import {isServiceWorker} from './worker-scope.js';
import {followOwnState, followWorkerStates} from './worker-states.js';

export interface HookOptions {
  /** The global that the script runs in: `globalThis`. */
  readonly scope: typeof globalThis;
  readonly log: RealmLog;
  /** Who this realm is, see `describeRealm`. */
  readonly source: Source;
  readonly timing: RealmOpened['timing'];
  /** What `findInstallation` gives to a script that comes later. */
  readonly installation?: object;
  /** Of the engine in this realm, if it has one. */
  readonly routes?: Routes;
}

const FROZEN = {
  name: 'TypeError',
  message: 'The page has frozen it before the hook came. Reload the page.',
};

/** The hooks of one realm. */
export interface Hooks {
  /** False if the realm was hooked before: then nothing was done. */
  readonly isInstalled: boolean;
  /** Puts the platform back as it was. What was wrapped since passes through. */
  uninstall(): void;
}

/**
 * Begins to watch this realm's use of Background Fetch, and appends what it sees
 * to the log. Changes nothing that the page can notice, and never throws.
 */
export function installHooks({
  scope,
  log,
  source,
  timing,
  installation = {},
  routes,
}: HookOptions): Hooks {
  if (!claimRealm(scope, installation)) {
    return {isInstalled: false, uninstall() {}};
  }
  let isInstalled = true;
  const append = (fact: Fact): void => {
    if (isInstalled) log.append(fact);
  };
  const guard = createGuard(append);
  const api = guard('install', () => readApi(scope));
  guard('install', () => append(describeOpening(scope, timing, api)));
  const undo: (() => void)[] = [];
  if (api !== undefined) {
    guard('install', () => {
      const patches = createPatches((name) => {
        append({type: 'hook-faulted', where: name, error: FROZEN});
      });
      push(undo, patches.restore);
      const on: Listen = (target, type, listener) => {
        listen(target, type, (event) => {
          if (isInstalled) guard(type, () => listener(event));
        });
      };
      const onGlobal: Listen = (target, type, listener) => {
        const guarded = (event: Event): void =>
          guard(type, () => listener(event));
        listen(target, type, guarded);
        push(undo, () => unlisten(target, type, guarded));
      };
      install(
        {
          scope,
          api,
          patches,
          guard,
          append,
          on,
          onGlobal,
          isInstalled: () => isInstalled,
          routes,
        },
        source,
      );
    });
  }
  return {
    isInstalled: true,
    uninstall() {
      if (!isInstalled) return;
      const {realm} = source;
      append({type: 'realm-closed', realm, reason: 'uninstalled'});
      for (let index = undo.length - 1; index >= 0; index -= 1) {
        guard('uninstall', () => undo[index]?.());
      }
      isInstalled = false;
      releaseRealm(scope, installation);
    },
  };
}

function describeOpening(
  scope: typeof globalThis,
  timing: RealmOpened['timing'],
  api: Api | undefined,
): RealmOpened {
  return {
    type: 'realm-opened',
    timing,
    backgroundFetch: api !== undefined,
    secureContext: scope.isSecureContext,
    origin: describeUrl(scope.origin),
    ...(isServiceWorker(scope) && {
      scope: describeUrl(scope.registration.scope),
    }),
  };
}

function install(hook: HookContext, source: Source): void {
  const {scope, guard} = hook;
  const records = followRecords(hook);
  const registrations = followRegistrations(hook, records);
  const states = followWorkerStates(hook);
  const managers = followManagers(hook, states.followRegistration);
  keepResponseReady(hook, records);
  let events: WorkerEvents | undefined;
  observeCalls(hook, {
    managers,
    registrations,
    records,
    baseUrl: baseUrlOf(scope),
    eventNumber: (event) => events?.numberOf(event) ?? 0,
  });
  if (isServiceWorker(scope)) {
    const handlers = followEventHandlers(hook);
    events = followWorkerEvents(hook, scope, handlers, registrations);
    followOwnState(hook, scope, states);
  } else if (source.kind === 'page' || source.kind === 'frame') {
    followPageLifecycle(hook, source);
  }
  guard('attach', () => meetExisting(hook, managers, registrations));
}

function baseUrlOf(scope: typeof globalThis): () => string {
  const document: Document | undefined = scope.document;
  if (document === undefined) {
    const {href} = scope.location;
    return () => href;
  }
  const readBase = readerOf<string>(scope.Node.prototype, 'baseURI');
  return () => readBase(document);
}
