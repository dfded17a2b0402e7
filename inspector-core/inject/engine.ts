import type {Engine} from '../engine/engine.js';
import type {RealmOpened, RouteSetting} from '../protocol/protocol.js';

/** Shared by all copies of our script in a realm, whatever form they came in. */
const MARKER = Symbol.for('background-fetch-engine');

export interface EngineHost {
  readonly installEngine: (route: RouteSetting) => Engine;
  /** Whether to install it late would be noticed: a worker's console is told. */
  readonly isLateNoticed: boolean;
}

/** The engine of a realm, which may come only once it is wanted. */
export interface Emulation {
  readonly engine: Engine | undefined;
  /** Takes the engine away, unless it is needed. */
  remove(): void;
  /**
   * False where the engine should work and does not: then all stays as it is.
   * Where nobody could call the API, there is nothing to be done.
   */
  setRoute(route: RouteSetting): boolean;
}

/**
 * Provides the engine to this realm: what an earlier script left here, or a new
 * one. It is not installed before it is wanted where that would be noticed, nor
 * where the browser's own is wanted that the browser does not have.
 */
export function provideEngine(
  {installEngine, isLateNoticed}: EngineHost,
  route: RouteSetting | undefined,
  timing: RealmOpened['timing'],
): Emulation {
  let engine = findEngine();
  const install = (wanted: RouteSetting): void => {
    try {
      engine = Object.freeze(installEngine(wanted));
      Object.defineProperty(globalThis, MARKER, {
        value: engine,
        configurable: true,
      });
    } catch {
      // A realm that lets itself not be changed can still be observed.
    }
  };
  const hasNative = 'BackgroundFetchManager' in globalThis;
  const canWait = hasNative
    ? isLateNoticed && timing === 'late' && route !== 'emulated'
    : route === 'native';
  if (engine === undefined) {
    if (canWork() && !canWait) install(route ?? 'auto');
  } else if (route !== undefined) {
    // Who comes later and says what it wants means it.
    engine.setRoute(route);
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
      if (engine !== undefined) engine.setRoute(wanted);
      else if (canWork() && wanted === 'emulated') install(wanted);
      return engine !== undefined || wanted !== 'emulated' || !canWork();
    },
  };
}

function findEngine(): Engine | undefined {
  const known: unknown = Reflect.get(globalThis, MARKER);
  return typeof known === 'object' && known !== null
    ? (known as Engine)
    : undefined;
}

/** Without service workers there is nothing that the engine could run in. */
const canWork = (): boolean =>
  globalThis.isSecureContext && globalThis.origin !== 'null';
