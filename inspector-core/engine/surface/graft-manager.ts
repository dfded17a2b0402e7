/**
 * Both routes behind the browser's own BackgroundFetchManager: each fetch() goes
 * where it is routed; get() and getIds() answer for both.
 */
import {isEngineUsed} from '../storage/is-used.js';
import type {Routing} from '../routing.js';
import type {Backend} from './backend.js';
import type {BackgroundFetchManager} from './background-fetch-manager.js';
import {overlayMember} from './graft.js';

type Get = (id: string) => Promise<unknown>;

export interface GraftedManagers {
  /** The engine's manager behind a native one. */
  readonly ownOf: (native: unknown) => BackgroundFetchManager | undefined;
  readonly routing: Routing;
}

/** A backend that also knows the browser's own fetches of the registration. */
export function besideNative(backend: Backend, get: Get): Backend {
  return {
    ...backend,
    async fetch(id, inputs, options) {
      // "If the active background fetches contains id, … TypeError": whichever
      // route that one has. The browser has no fetch with an empty id.
      if (id !== '' && (await get(id)) !== undefined) throw makeTakenError();
      return backend.fetch(id, inputs, options);
    },
  };
}

export function graftManager(
  prototype: object,
  {ownOf, routing}: GraftedManagers,
): void {
  let isUsed = false;
  /** Nothing of the engine is asked before there is anything to be told. */
  const whenUsed = async (): Promise<boolean> => {
    isUsed ||= await isEngineUsed();
    return isUsed;
  };
  const graft = (
    name: 'fetch' | 'get' | 'getIds',
    trap: (
      own: BackgroundFetchManager,
      native: () => Promise<unknown>,
      args: unknown[],
    ) => unknown,
  ): void => {
    overlayMember(prototype, name, 'value', (target, self, args) => {
      const native = (): Promise<unknown> =>
        Reflect.apply(target, self, args) as Promise<unknown>;
      const own = ownOf(self);
      return own === undefined ? native() : trap(own, native, args);
    });
  };

  graft('fetch', (own, native, args) => {
    if (routing.choose().route === 'emulated') {
      isUsed = true;
      return own.fetch(...args);
    }
    if (!isUsed) return native();
    return (async () => {
      const ids = await own.getIds();
      if (ids.includes(String(args[0]))) throw makeTakenError();
      return native();
    })();
  });
  graft('get', async (own, native, args) => {
    const [found, used] = await Promise.all([settle(native()), whenUsed()]);
    if (!used || !isNothing(found)) return reveal(found);
    return own.get(...args);
  });
  graft('getIds', async (own, native) => {
    const [ids, used] = await Promise.all([settle(native()), whenUsed()]);
    if (!used) return reveal(ids);
    // What the browser cannot tell, as of a worker that is unregistered, does
    // not hide what the engine can.
    const natives = 'value' in ids ? (ids.value as string[]) : [];
    return [...natives, ...(await own.getIds())];
  });
}

type Settled = {readonly value: unknown} | {readonly reason: unknown};

function settle(promise: Promise<unknown>): Promise<Settled> {
  return promise.then(
    (value) => ({value}),
    (reason: unknown) => ({reason}),
  );
}

function reveal(settled: Settled): unknown {
  if ('value' in settled) return settled.value;
  throw settled.reason;
}

const isNothing = (settled: Settled): boolean =>
  !('value' in settled) || settled.value === undefined;

function makeTakenError(): TypeError {
  return new TypeError('There already is a registration for the given id.');
}
