import {react} from '../platform/primordials.js';
import type {RouteChoice, RouteSetting} from '../protocol/route.js';

/** Chooses the route of each fetch that this realm starts. */
export class Routing {
  /** As it was asked for; may be changed at any time, for fetches to come. */
  setting: RouteSetting;
  /**
   * Whether there is anything of the engine's in this origin to be asked for;
   * undefined while that is being found out.
   */
  isUsed: boolean | undefined;
  /** Whether something may want calls of the browser's own to reject. */
  isJudged = false;
  /** Whether the browser has the API at all. */
  readonly hasNative: boolean;

  /** Resolves when it is known whether there was anything at the start. */
  readonly found: Promise<void>;
  readonly #check: () => Promise<boolean>;

  constructor(
    setting: RouteSetting,
    hasNative: boolean,
    check: () => Promise<boolean>,
  ) {
    this.setting = setting;
    this.hasNative = hasNative;
    this.#check = check;
    this.found = this.find();
  }

  /** Finds out again: another page of this origin may have begun. */
  find(): Promise<void> {
    return react(
      this.#check(),
      (isUsed) => {
        this.isUsed = isUsed || this.isUsed === true;
      },
      () => undefined,
    );
  }

  choose(): RouteChoice {
    if (!this.hasNative) return {route: 'emulated', why: 'no-native'};
    if (this.setting === 'emulated') return {route: 'emulated', why: 'setting'};
    return {
      route: 'native',
      why: this.setting === 'native' ? 'setting' : 'default',
    };
  }
}
