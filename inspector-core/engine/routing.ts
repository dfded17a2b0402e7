import {react} from '../platform/primordials.js';
import type {RouteChoice, RouteSetting} from '../protocol/route.js';

/** What conditions want of calls, as far as it can be told where they are made. */
export interface Concern {
  /** Whether the worker is to be asked if a call of the browser's own rejects. */
  readonly mayReject: boolean;
  /** Whether they may apply to a call of `fetch()` with these arguments. */
  isOf(call: readonly unknown[]): boolean;
}

/** Chooses the route of each fetch that this realm starts. */
export class Routing {
  /** As it was asked for; may be changed at any time, for fetches to come. */
  setting: RouteSetting;
  /**
   * Whether there is anything of the engine's in this origin to be asked for;
   * undefined while that is being found out.
   */
  isUsed: boolean | undefined;
  /** What calls are under, as far as this realm knows. */
  concern: Concern | undefined;
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

  /** @param call the arguments of `fetch()` */
  choose(call: readonly unknown[]): RouteChoice {
    if (!this.hasNative) return {route: 'emulated', why: 'no-native'};
    const {setting} = this;
    if (setting !== 'auto') return {route: setting, why: 'setting'};
    return this.concern?.isOf(call) === true
      ? {route: 'emulated', why: 'conditions'}
      : {route: 'native', why: 'default'};
  }

  /** Whether every fetch of this realm is the engine's. */
  get isAlwaysEmulated(): boolean {
    return !this.hasNative || this.setting === 'emulated';
  }
}
