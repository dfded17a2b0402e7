import type {Conditions} from '../conditions/conditions.js';
import type {Engine} from '../engine/engine.js';
import {defineHidden, isObject, origin} from '../platform/primordials.js';
import {OK, refuse, type CommandResult} from '../protocol/commands.js';
import {complain} from './complain.js';
import {readConcern} from './concern.js';
import type {InjectOptions} from './options.js';
import type {ProfileName} from '../engine/profile/profile.js';
import type {RouteSetting} from '../protocol/protocol.js';

/** Shared by all copies of our script in a realm, whatever form they came in. */
const MARKER = Symbol.for('background-fetch-engine');

/** An engine, and, in a service worker, what is between it and the world. */
export type InstalledEngine = Engine & {readonly conditions?: Conditions};

export interface EngineHost {
  readonly installEngine: (
    route: RouteSetting,
    profile: ProfileName,
    conditions: unknown,
  ) => InstalledEngine;
}

/** The engine of a realm, if it has one. */
export interface Emulation {
  readonly engine: InstalledEngine | undefined;
  /** Takes the engine away, unless it is needed. */
  remove(): void;
  /**
   * False where the engine should work and is not there. Where nobody could call
   * the API, there is nothing to be done.
   */
  setRoute(route: RouteSetting): boolean;
}

/**
 * Provides the engine to this realm: what an earlier script left here, or a new
 * one. It must come before the hooks, which see only what lies below them, so
 * not first when it is wanted. There is none where the browser's own is wanted
 * that the browser does not have.
 */
export function provideEngine(
  {installEngine}: EngineHost,
  {route, profile, conditions, channel}: InjectOptions,
): Emulation {
  let engine = findEngine();
  const hasNative = 'BackgroundFetchManager' in globalThis;
  if (engine !== undefined) {
    // Who comes later and says what it wants means it.
    if (route !== undefined) engine.setRoute(route);
    if (conditions !== undefined) setConditions(engine, conditions);
  } else if (hasNative ? canWork() : route !== 'native') {
    try {
      engine = Object.freeze(
        installEngine(route ?? 'auto', profile, conditions),
      );
      engine.setConcern(readConcern(conditions));
      defineHidden(globalThis, MARKER, engine);
    } catch (error) {
      // A realm that lets itself not be changed can still be observed.
      if (channel === 'broadcast') complain(error);
    }
  }
  return {
    get engine() {
      return engine;
    },
    remove() {
      if (engine?.remove() !== true) return;
      engine = undefined;
      Reflect.deleteProperty(globalThis, MARKER);
    },
    setRoute(wanted) {
      engine?.setRoute(wanted);
      return engine !== undefined || wanted !== 'emulated' || !canWork();
    },
  };
}

function findEngine(): InstalledEngine | undefined {
  const known: unknown = Reflect.get(globalThis, MARKER);
  return isObject(known) ? (known as InstalledEngine) : undefined;
}

/** A page takes any: its calls are judged in the worker. */
export function setConditions(
  engine: InstalledEngine,
  file: unknown,
): CommandResult {
  const {conditions, worker} = engine;
  if (worker !== undefined && conditions === undefined) {
    return refuse(NEEDS_CONDITIONS);
  }
  try {
    conditions?.apply(file);
    engine.setConcern(readConcern(file));
    return OK;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : '');
  }
}

export const NEEDS_CONDITIONS =
  'To set conditions here, load conditions.js before worker.js.';

/** Without service workers there is nothing that the engine could run in. */
const canWork = (): boolean => globalThis.isSecureContext && origin !== 'null';
