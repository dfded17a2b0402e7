/**
 * Both routes behind the browser's own BackgroundFetchManager: each fetch() goes
 * where it is routed; get() and getIds() answer for both.
 */
import type {Patches} from '../../platform/patch.js';
import {apply, react} from '../../platform/primordials.js';
import type {Routing} from '../routing.js';
import type {Backend} from './backend.js';
import type {BackgroundFetchManager} from './background-fetch-manager.js';

type Get = (id: string) => Promise<unknown>;
/** Made only when it is needed: a page that breaks it has not broken its own. */
type OwnManager = () => BackgroundFetchManager;

export interface GraftedManagers {
  /** Makes the engine's manager behind a native one, if that is known. */
  readonly ownOf: (native: unknown) => OwnManager | undefined;
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
  patches: Patches,
  prototype: object,
  {ownOf, routing}: GraftedManagers,
): void {
  const ask = watchUsage(routing);
  const graft = (
    name: 'fetch' | 'get' | 'getIds',
    trap: (
      own: OwnManager,
      native: () => Promise<unknown>,
      args: readonly unknown[],
    ) => unknown,
  ): void => {
    patches.method(prototype, name, (target, self, args) => {
      const native = (): Promise<unknown> => apply(target, self, args);
      const own = ownOf(self);
      return own === undefined ? native() : trap(own, native, args);
    });
  };

  graft('fetch', (own, native, args) => {
    if (routing.choose().route === 'emulated') {
      routing.isUsed = true;
      return own().fetch(...args);
    }
    return routing.isUsed === true
      ? fetchBeside(own(), native, args)
      : native();
  });
  // Whoever wants the browser's own has its answer, also where the worker has
  // no engine, or dies: there the engine's fetches are of no concern.
  const forgive = <T>(asked: Promise<T>, otherwise: T): Promise<T> =>
    routing.choose().route === 'native' ? asked.catch(() => otherwise) : asked;
  graft('get', (own, native, args) =>
    ask(native(), (found) => getBeside(own(), found, args, forgive)),
  );
  graft('getIds', (own, native) =>
    ask(native(), (ids) => getIdsBeside(own(), ids, forgive)),
  );
}

type Forgive = <T>(asked: Promise<T>, otherwise: T) => Promise<T>;

async function fetchBeside(
  own: BackgroundFetchManager,
  native: () => Promise<unknown>,
  args: readonly unknown[],
): Promise<unknown> {
  const ids = await own.getIds().catch((): string[] => []);
  if (ids.includes(String(args[0]))) throw makeTakenError();
  return native();
}

/** What the browser cannot tell does not hide what the engine can. */
async function getBeside(
  own: BackgroundFetchManager,
  native: Promise<unknown>,
  args: readonly unknown[],
  forgive: Forgive,
): Promise<unknown> {
  let isTold = true;
  const found = await native.catch(() => {
    isTold = false;
  });
  if (found !== undefined) return found;
  const asked = own.get(...args);
  return isTold ? forgive(asked, undefined) : asked;
}

async function getIdsBeside(
  own: BackgroundFetchManager,
  native: Promise<unknown>,
  forgive: Forgive,
): Promise<unknown> {
  const natives = (await native.catch(() => [])) as string[];
  const ids = await forgive(own.getIds(), []);
  return natives.length === 0 ? ids : [...natives, ...ids];
}

function makeTakenError(): TypeError {
  return new TypeError('There already is a registration for the given id.');
}

/** Asks the engine when it has been used in this origin, and not before. */
function watchUsage(routing: Routing) {
  /** The browser's own answer, until there is more to be said. */
  return (
    native: Promise<unknown>,
    beside: (native: Promise<unknown>) => Promise<unknown>,
  ): Promise<unknown> => {
    // Where all fetches are the engine's, others of this origin are, too.
    const isEmulated = routing.choose().route === 'emulated';
    if (isEmulated || routing.isUsed === true) return beside(native);
    const answer = (): Promise<unknown> =>
      routing.isUsed === true ? beside(native) : native;
    if (routing.isUsed === undefined) {
      // Should it reject meanwhile, it is not unhandled: what we return is.
      void react(native, ignore, ignore);
      return react(routing.found, answer, answer);
    }
    // Another page of this origin may have begun: the next call knows.
    void routing.find();
    return native;
  };
}

function ignore(): void {}
