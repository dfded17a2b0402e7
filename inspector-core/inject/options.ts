import {
  parseFlag,
  parseWord,
  show,
  type Parser,
} from '../conditions/parsing.js';
import {PROFILE_NAMES, type ProfileName} from '../engine/profile/profile.js';
import {ROUTE_SETTINGS, type RouteSetting} from '../protocol/route.js';
import {complain} from './complain.js';

/**
 * Options, set before the script runs. A free identifier, not a property: a
 * page sets `globalThis.bgfInspector`, and the extension wraps the script in a
 * function that has a variable of this name, which the page never sees.
 */
declare const bgfInspector: unknown;

export interface InjectOptions {
  /** Who may call the hook: the debugger that injected it, or panels here. */
  readonly channel: 'debugger' | 'broadcast';
  /** Whether scripts of the realm may have run before; undefined: found out. */
  readonly timing: 'before-scripts' | 'late' | undefined;
  /** False: nothing is observed. */
  readonly record: boolean;
  /** Which way the realm's fetches go; undefined: not said, so `auto`. */
  readonly route: RouteSetting | undefined;
  /** Whom the engine behaves like. */
  readonly profile: ProfileName;
  /** What the fetches of a worker are under; undefined: not said. */
  readonly conditions: unknown;
}

/** What people may say; the extension has two more of its own. */
const NAMES: readonly string[] = ['route', 'profile', 'conditions', 'record'];

/** The object itself, if the realm has one. */
export function findOptions(): object | undefined {
  const options: unknown =
    typeof bgfInspector === 'undefined' ? undefined : bgfInspector;
  return typeof options === 'object' && options !== null ? options : undefined;
}

/** What was asked for; anything wrong counts as not said, and is told of. */
export function readOptions(): InjectOptions {
  const options = findOptions();
  const read = <T>(name: string, parse: Parser<T>): T | undefined => {
    try {
      const value: unknown = options && Reflect.get(options, name);
      return value === undefined
        ? undefined
        : parse(value, `bgfInspector.${name}`);
    } catch (error) {
      complain(error);
      return undefined;
    }
  };
  const channel = read('channel', oneOf(['debugger', 'broadcast'] as const));
  if (channel !== 'debugger') checkNames(options);
  return {
    profile: read('profile', oneOf(PROFILE_NAMES)) ?? 'spec',
    channel: channel ?? 'broadcast',
    record: read('record', parseFlag) ?? true,
    timing: read('timing', oneOf(['before-scripts', 'late'] as const)),
    route: read('route', oneOf(ROUTE_SETTINGS)),
    conditions: read('conditions', parseConditions),
  };
}

const oneOf =
  <T extends string>(words: readonly T[]): Parser<T> =>
  (value, where) =>
    parseWord(value, where, words);

/** Read by whoever takes them. An earlier script may have put its own there. */
const parseConditions = (value: unknown): unknown =>
  Reflect.has(Object(value) as object, 'apply') ? undefined : value;

function checkNames(options: object | undefined): void {
  if (options === undefined) {
    if (typeof bgfInspector === 'undefined') return;
    complain(`bgfInspector: expected an object, got ${show(bgfInspector)}.`);
    return;
  }
  const unknown = Object.keys(options).filter((name) => !NAMES.includes(name));
  if (unknown.length === 0) return;
  complain(
    `bgfInspector: there is no option ${unknown.join(', ')}. Those there are: ` +
      `${NAMES.join(', ')}.`,
  );
}
