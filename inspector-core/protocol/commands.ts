/**
 * Intentions, in the imperative. A command changes no state by itself: what
 * comes of it shows as entries.
 */

import type {ConditionsFile} from './conditions.js';
import type {FetchControl, WorkerControl} from './control.js';
import type {RouteSetting} from './route.js';

/** What the panel asks of its session. */
export type InspectorCommand =
  | {readonly type: 'start-recording'}
  | {readonly type: 'stop-recording'}
  | {readonly type: 'clear-log'}
  /** Whether entries outlive a navigation of the inspected page. */
  | {readonly type: 'preserve-log'; readonly preserve: boolean}
  /** Read the wire facts of these origins; the browser asks the user. */
  | {readonly type: 'request-wire-access'; readonly origins: readonly string[]}
  /** Which way fetches go from now on, in every realm of the session. */
  | {readonly type: 'set-route'; readonly route: RouteSetting}
  | ({readonly type: 'control-fetch'} & FetchControl)
  | ({readonly type: 'control-worker'} & WorkerControl)
  | SetConditions;

/** The whole of the conditions that every realm is under from now on. */
export interface SetConditions {
  readonly type: 'set-conditions';
  readonly conditions: ConditionsFile;
}

/** What a session asks of the hook in a realm. */
export type RealmCommand =
  | {readonly type: 'uninstall-hook'}
  /** Which way the fetches go that the realm starts from now on. */
  | {readonly type: 'set-route'; readonly route: RouteSetting}
  | ({readonly type: 'control-fetch'} & FetchControl)
  /** A page takes it and does nothing: its calls are judged in the worker. */
  | ({readonly type: 'control-worker'} & WorkerControl)
  | SetConditions;

/** An expected failure is a value, told to the user with its remedy. */
export type CommandResult =
  {readonly ok: true} | {readonly ok: false; readonly message: string};

export const OK: CommandResult = {ok: true};

/** @param message a sentence, with its remedy */
export const refuse = (message: string): CommandResult => ({
  ok: false,
  message,
});
