import type {Patches} from '../platform/patch.js';
import type {RouteChoice, RouteSetting} from '../protocol/route.js';
import type {AttemptObserver} from './attempt-observer.js';
import type {Clock} from '../seams/clock.js';
import type {Control} from './control.js';
import {gatherAnswers} from './gather-answers.js';
import type {Concern, Routing} from './routing.js';
import type {Backend, WorkerConditions} from './surface/backend.js';
import {isRegistration} from './surface/background-fetch-registration.js';

/** The engine in one realm, as what is built around it sees it. */
export interface Engine {
  /** Which way the fetches go that this realm starts from now on. */
  setRoute(route: RouteSetting): void;
  /** What the calls of this realm are under from now on. */
  setConcern(concern: Concern | undefined): void;
  /**
   * Takes the engine out of a realm that has the browser's own API, and never
   * used the engine's. False if it has to stay.
   */
  remove(): boolean;
  /** Tells of the attempts that begin from now on; `undefined`: of none. */
  observe(observer: AttemptObserver | undefined): void;
  /** Does to a fetch what its user could. */
  readonly control: Control;
  /** Of a service worker: what can be done to it. */
  readonly worker?: WorkerLife;
  /** What fetches are under, of each worker; sets it first, if anything is given. */
  configure(file?: unknown): Promise<readonly WorkerConditions[]>;
  /** Which way a `fetch()` with these arguments would go now. */
  choose(call: readonly unknown[]): RouteChoice;
  /** Whether the engine made a BackgroundFetchRegistration. */
  isEmulated(registration: unknown): boolean;
  /** Whether the engine fired an event; scripts can make such events, too. */
  isFired(event: unknown): boolean;
}

/** A service worker's engine, as who ends it sees it. */
export interface WorkerLife {
  readonly scope: string;
  /** Goes on as one that was just started. */
  restart(): Promise<void>;
  /** Ends its fetches, and frees what they stored. */
  clear(): Promise<void>;
}

export interface EngineParts {
  readonly routing: Routing;
  readonly control: Control;
  readonly isFired?: (event: unknown) => boolean;
  /** Absent where no fetches run, as in a page. */
  readonly observe?: Engine['observe'];
  readonly worker?: WorkerLife;
  /** Those that run the fetches of this realm. */
  readonly backends: () => Promise<readonly Backend[]>;
  readonly clock: Clock;
  /** What lies over the browser's own, where it may be taken off again. */
  readonly patches?: Patches;
}

export function makeEngine({
  routing,
  control,
  isFired = () => false,
  observe = () => {},
  patches,
  backends,
  clock,
  worker,
}: EngineParts): Engine {
  return {
    ...(worker === undefined ? {} : {worker}),
    async configure(file) {
      const asked = (await backends()).map((each) => each.conditions(file));
      const answers = await gatherAnswers(asked, clock);
      return answers.filter((answer) => answer !== undefined);
    },
    control,
    isFired,
    observe,
    isEmulated: isRegistration,
    setRoute(route) {
      routing.setting = route;
    },
    setConcern(concern) {
      routing.concern = concern;
    },
    choose: (call) => routing.choose(call),
    remove() {
      const isNeeded = !routing.hasNative || routing.isUsed === true;
      if (patches === undefined || isNeeded) return false;
      patches.restore();
      return true;
    },
  };
}
