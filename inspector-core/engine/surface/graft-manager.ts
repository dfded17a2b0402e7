/**
 * Both routes behind the browser's own BackgroundFetchManager: each fetch() goes
 * where it is routed; get() and getIds() answer for both.
 */
import type {Patches} from '../../platform/patch.js';
import {apply, react} from '../../platform/primordials.js';
import {CHROMIUM} from '../profile/chromium.js';
import {makeTakenError} from '../registration/errors.js';
import type {Routing} from '../routing.js';
import type {Clock} from '../../seams/clock.js';
import {within} from '../../seams/within.js';
import type {FetchCall} from '../../seams/world-conditions.js';
import type {Backend, Refusal} from './backend.js';
import type {BackgroundFetchManager} from './background-fetch-manager.js';
import {toFetchOptions, toRequestInfos} from './convert-arguments.js';
import {makeError} from './page-messages.js';
import {toDOMString} from './web-idl.js';

type Get = (id: string) => Promise<unknown>;
/** Made only when it is needed: a page that breaks it has not broken its own. */
type OwnManager = () => BackgroundFetchManager;

export interface GraftedManagers {
  /** Asks what a call of a native manager is to reject for. */
  readonly judge: (
    native: unknown,
    call: FetchCall,
  ) => Promise<Refusal | undefined>;
  /** Makes the engine's manager behind a native one, if that is known. */
  readonly ownOf: (native: unknown) => OwnManager | undefined;
  readonly routing: Routing;
  readonly clock: Clock;
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
  {judge, ownOf, routing, clock}: GraftedManagers,
): void {
  const askBeside = watchUsage(routing);
  const forgive = createForgiveness(routing, clock);
  const graft = (
    name: 'fetch' | 'get' | 'getIds',
    trap: (
      own: OwnManager,
      native: Native,
      args: readonly unknown[],
      self: unknown,
    ) => unknown,
  ): void => {
    patches.method(prototype, name, (target, self, args) => {
      const native: Native = (given = args) => apply(target, self, given);
      const own = ownOf(self);
      return own === undefined ? native() : trap(own, native, args, self);
    });
  };

  graft('fetch', (own, native, args, self) => {
    if (routing.choose(args).route === 'emulated') {
      routing.isUsed = true;
      return own().fetch(...args);
    }
    const checks: Check[] = [];
    if (routing.concern?.mayReject === true) {
      checks.push(async (call) => {
        const refusal = await judge(self, call).catch(() => {
          // Who set conditions has gone, and the worker's engine with them.
          routing.concern = undefined;
          return undefined;
        });
        return refusal && makeError(refusal);
      });
    }
    if (routing.isUsed === true) {
      checks.push(async ({fetchId}) => {
        const ids = await forgive(own(), own().getIds(), []);
        return ids.includes(fetchId) ? makeTakenError() : undefined;
      });
    }
    // What misses an argument, the browser refuses itself.
    return checks.length === 0 || args.length < 2
      ? native()
      : fetchIfAdmitted(checks, native, args);
  });
  graft('get', (own, native, args) =>
    askBeside(native(), (found) => getBeside(own(), found, args, forgive)),
  );
  graft('getIds', (own, native) =>
    askBeside(native(), (ids) => getIdsBeside(own(), ids, forgive)),
  );
}

type Forgive = <T>(
  own: BackgroundFetchManager,
  asked: Promise<T>,
  otherwise: T,
) => Promise<T>;

/** The browser's own, with the arguments of the call, or with these. */
type Native = (given?: readonly unknown[]) => Promise<unknown>;

/** Why a call of the browser's own is to reject, if it is. */
type Check = (call: FetchCall) => Promise<Error | undefined>;

async function fetchIfAdmitted(
  checks: readonly Check[],
  native: Native,
  [id, requests, options]: readonly unknown[],
): Promise<unknown> {
  // Read in the call itself, and given on as it was read: it may change later,
  // or be used up.
  const fetchId = toDOMString(id);
  const infos = toRequestInfos(requests);
  const converted = toFetchOptions(options, CHROMIUM.surface);
  let given: readonly RequestInfo[];
  let call: FetchCall;
  try {
    given = infos.map(copy);
    call = {fetchId, requests: given.map(describe)};
  } catch {
    // What is no request, the browser refuses itself.
    return native([fetchId, infos, converted]);
  }
  for (const check of checks) {
    const error = await check(call);
    if (error === undefined) continue;
    // One of the browser's own comes from no script.
    error.stack = `${error.name}: ${error.message}`;
    throw error;
  }
  return native([fetchId, given, converted]);
}

const copy = (info: RequestInfo): RequestInfo =>
  typeof info === 'string' ? info : new Request(info);

function describe(info: RequestInfo): FetchCall['requests'][number] {
  const {url, method} = typeof info === 'string' ? new Request(info) : info;
  return {url, method};
}

/** How long the browser's own answer waits for the engine's, in milliseconds. */
const PATIENCE_MS = 10_000;

/**
 * Whoever wants the browser's own has its answer, also where the worker has no
 * engine, or dies: there the engine's fetches are of no concern. One that was
 * silent once is not waited for again until it has answered.
 */
function createForgiveness(routing: Routing, clock: Clock): Forgive {
  const silent = new WeakSet<BackgroundFetchManager>();
  return async (own, asked, otherwise) => {
    if (routing.isAlwaysEmulated) return asked;
    const forgiven = asked.then(
      (value) => {
        silent.delete(own);
        return value;
      },
      () => otherwise,
    );
    const patience = silent.has(own) ? 0 : PATIENCE_MS;
    return within(clock, patience, forgiven, () => {
      silent.add(own);
      return otherwise;
    });
  };
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
  return isTold ? forgive(own, asked, undefined) : asked;
}

async function getIdsBeside(
  own: BackgroundFetchManager,
  native: Promise<unknown>,
  forgive: Forgive,
): Promise<unknown> {
  const natives = (await native.catch(() => [])) as string[];
  const ids = await forgive(own, own.getIds(), []);
  if (ids.length === 0) return natives;
  return natives.length === 0 ? ids : [...natives, ...ids];
}

/** Asks the engine when it has been used in this origin, and not before. */
function watchUsage(routing: Routing) {
  /** The browser's own answer, until there is more to be said. */
  return (
    native: Promise<unknown>,
    beside: (native: Promise<unknown>) => Promise<unknown>,
  ): Promise<unknown> => {
    // Where all fetches are the engine's, others of this origin are, too.
    if (routing.isAlwaysEmulated || routing.isUsed === true)
      return beside(native);
    if (routing.isUsed === undefined) {
      const answer = (): Promise<unknown> =>
        routing.isUsed === true ? beside(native) : native;
      // Should it reject meanwhile, it is not unhandled: what we return is.
      void react(native, ignore, ignore);
      return react(routing.found, answer, answer);
    }
    // Another page of this origin may have begun: the next call knows. To wait
    // for it would cost each call, and be seen by a page that looks for it.
    void routing.find();
    return native;
  };
}

function ignore(): void {}
