import type {Settings} from './conditions-file.js';
import type {NetworkProfile} from './profile/profile.js';
import type {Rule, TriggerType} from './rules/rule.js';

/** What is set, and what comes of it now. */
export interface ConditionsState extends Settings {
  /** Of each rule: how often its effect has come. */
  readonly fired: readonly number[];
  /** What the link is like now, by setting or schedule. */
  readonly current: NetworkProfile;
  readonly isOnline: boolean;
  /** Whether anything is simulated: a warning belongs beside it. */
  readonly isActive: boolean;
}

/** What happens to conditions, in order. */
export type ConditionsEvent =
  /** Something was set, or a schedule went on. */
  | {readonly type: 'changed'; readonly at: number}
  | {
      readonly type: 'online-changed';
      readonly at: number;
      readonly isOnline: boolean;
    }
  | {
      readonly type: 'rule-fired';
      readonly at: number;
      /** Its place in the list. */
      readonly rule: number;
      readonly effect: Rule['effect']['type'];
      readonly trigger: TriggerType;
      readonly fetchId: string;
      /** Absent for a call. */
      readonly record?: number;
      readonly attempt: number;
    };

export type ConditionsListener = (event: ConditionsEvent) => void;
