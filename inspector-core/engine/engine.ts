import type {Callable} from '../platform/primordials.js';
import type {RouteChoice, RouteSetting} from '../protocol/route.js';
import type {Control} from './control.js';
import type {Routing} from './routing.js';
import {isRegistration} from './surface/background-fetch-registration.js';
import {originalOf, removeGrafts} from './surface/graft.js';

/** The engine in one realm, as what is built around it sees it. */
export interface Engine {
  /** Which way the fetches go that this realm starts from now on. */
  setRoute(route: RouteSetting): void;
  /**
   * Takes the engine out of a realm that has the browser's own API, and never
   * used the engine's. False if it has to stay.
   */
  remove(): boolean;
  /** Does to a fetch what its user could. */
  readonly control: Control;
  /** Which way a fetch() of this instant would go. */
  choose(): RouteChoice;
  /** Whether the engine made a BackgroundFetchRegistration. */
  isEmulated(registration: unknown): boolean;
  /** Whether the engine fired an event; scripts can make such events, too. */
  isFired(event: unknown): boolean;
  /** The browser's own function that one of the engine's lies over. */
  originalOf(value: object): Callable | undefined;
}

export function makeEngine(
  routing: Routing,
  control: Control,
  isFired: (event: unknown) => boolean = () => false,
): Engine {
  return {
    control,
    setRoute(route) {
      routing.setting = route;
    },
    remove() {
      const isNeeded = !routing.hasNative || routing.isUsed === true;
      if (!isNeeded) removeGrafts();
      return !isNeeded;
    },
    choose: () => routing.choose(),
    isEmulated: isRegistration,
    isFired,
    originalOf,
  };
}
