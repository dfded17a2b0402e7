/** Conditions as they travel, from who sets them to who is under them. */
import type {ConditionsFile} from '../conditions/conditions-file.js';

export type {
  ConditionsFile,
  LinkSharing,
  Permission,
} from '../conditions/conditions-file.js';
export type {NetworkProfile} from '../conditions/profile/profile.js';
export type {
  Effect,
  EffectType,
  Rule,
  RuleMatch,
  Trigger,
  TriggerType,
} from '../conditions/rules/rule.js';
export type {Phase, Schedule} from '../conditions/schedule/schedule.js';

/** As if there were no conditions. */
export const NEUTRAL_CONDITIONS: ConditionsFile = {version: 1};
