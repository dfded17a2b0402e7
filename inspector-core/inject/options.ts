import {PROFILE_NAMES, type ProfileName} from '../engine/profile/profile.js';
import {ROUTE_SETTINGS, type RouteSetting} from '../protocol/route.js';

/**
 * Options, set before the script runs. A free identifier, not a property: a
 * page sets `globalThis.bgfInspector`, and the extension wraps the script in a
 * function that has a variable of this name, which the page never sees.
 */
declare const bgfInspector: unknown;

export interface InjectOptions {
  /** Who may call the hook: the debugger that injected it, or panels here. */
  readonly channel: 'debugger' | 'broadcast';
  /** Whether scripts of the realm may have run before; absent: found out. */
  readonly timing?: 'before-scripts' | 'late';
  /** False: nothing is observed. */
  readonly record: boolean;
  /** Which way the realm's fetches go; absent: not said, so `auto`. */
  readonly route?: RouteSetting;
  /** Whom the engine behaves like. */
  readonly profile: ProfileName;
  /** What the fetches of a worker are under; absent: not said. */
  readonly conditions?: unknown;
}

/** The object itself, if the realm has one. */
export function findOptions(): object | undefined {
  const options: unknown =
    typeof bgfInspector === 'undefined' ? undefined : bgfInspector;
  return typeof options === 'object' && options !== null ? options : undefined;
}

/** What was asked for; anything unknown counts as not said. */
export function readOptions(): InjectOptions {
  const options = findOptions();
  const option = (name: string): unknown =>
    options === undefined ? undefined : Reflect.get(options, name);
  const timing = option('timing');
  const route = ROUTE_SETTINGS.find((each) => each === option('route'));
  const conditions = option('conditions');
  // An earlier script may have put its own there, for the console.
  const hasConditions = Reflect.has(Object(conditions), 'version');
  const profile = PROFILE_NAMES.find((each) => each === option('profile'));
  return {
    profile: profile ?? 'spec',
    channel: option('channel') === 'debugger' ? 'debugger' : 'broadcast',
    record: option('record') !== false,
    ...(route === undefined ? {} : {route}),
    ...(hasConditions ? {conditions} : {}),
    ...(timing === 'before-scripts' || timing === 'late' ? {timing} : {}),
  };
}
