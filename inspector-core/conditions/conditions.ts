/**
 * Conditions that act on background fetches, exactly and repeatably: profiles,
 * rules and schedules over any network, by the seed.
 */
import {parseSettings, type Settings} from './conditions-file.js';
import {Conditions} from './conditions-of-realm.js';
import type {ConditionsMemory} from './memory.js';
import type {NetworkProfile} from './profile/profile.js';
import type {Clock} from '../seams/clock.js';

export {Conditions} from './conditions-of-realm.js';
export {ConditionsError} from './parsing.js';
export {createFasterClock} from '../seams/faster-clock.js';
export {createSystemClock} from '../seams/system-clock.js';
export {createManualClock, type ManualClock} from '../seams/manual-clock.js';
export {
  CHROME_PROFILES,
  FIREFOX_PROFILES,
  OFFLINE,
  PRESETS,
} from './profile/presets.js';
export {
  NO_THROTTLING,
  type NetworkProfile,
  type PacketLoss,
} from './profile/profile.js';
export {EFFECTS} from './rules/rule.js';
export type {Effect, Rule, RuleMatch, Trigger} from './rules/rule.js';
export {fasterSchedule} from './schedule/faster-schedule.js';
export {commutingDay, flakyCafe, trainTunnel} from './schedule/presets.js';
export type {Phase, Schedule} from './schedule/schedule.js';
export type {AttemptContext, Network} from '../seams/network.js';
export type {Clock} from '../seams/clock.js';
export {
  InducedError,
  verdictOf,
  type CallVerdict,
  type Verdict,
} from '../seams/verdict.js';
export type {ConditionsMemory, Remembered} from './memory.js';
export {NEUTRAL, parseConditionsFile} from './conditions-file.js';
export type {
  ConditionsFile,
  LinkSharing,
  Permission,
  Settings,
} from './conditions-file.js';
export type {
  ConditionsEvent,
  ConditionsListener,
  ConditionsState,
} from './events.js';

export interface ConditionsOptions extends Partial<Omit<Settings, 'profile'>> {
  readonly clock: Clock;
  /** Given where conditions are to outlive a worker. */
  readonly memory?: ConditionsMemory | undefined;
  /** Or a preset's name. */
  readonly profile?: NetworkProfile | string;
}

/** @example `createConditions({clock, profile: '3G', seed: 7})` */
export function createConditions({
  clock,
  memory,
  ...settings
}: ConditionsOptions): Conditions {
  return new Conditions(clock, parseSettings(settings), memory);
}
