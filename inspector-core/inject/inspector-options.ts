/**
 * What TypeScript is told of `background-fetch-inspector/page` and `/worker`,
 * which export nothing that runs.
 */
import type {ConditionsFile} from '../conditions/conditions.js';
import type {ProfileName} from '../engine/profile/profile.js';
import type {RouteSetting} from '../protocol/route.js';
import type {ConsoleConditions} from './console-conditions.js';

export type * from '../platform/background-fetch.js';
export type {ConditionsFile, ConsoleConditions, ProfileName, RouteSetting};

/** What `globalThis.bgfInspector` may say before the script comes. */
export interface InspectorOptions {
  readonly route?: RouteSetting;
  readonly profile?: ProfileName;
  readonly record?: boolean;
  /** Of a worker: what its fetches are under from the start. */
  readonly conditions?: ConditionsFile;
}

declare global {
  /** What the script made of it: options are not read any more. */
  var bgfInspector: {readonly conditions: ConsoleConditions};
}
