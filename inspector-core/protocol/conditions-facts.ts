/** What fetches are under, and what comes of it. */
import type {EffectType, TriggerType} from '../conditions/rules/rule.js';
import type {ConditionsFile} from './conditions.js';

/** Conditions were set for every realm of the session: the whole of them. */
export interface ConditionsSet {
  readonly type: 'conditions-set';
  readonly conditions: ConditionsFile;
}

/** A worker's conditions are other ones now, by a setting or a schedule. */
export interface ConditionsChanged {
  readonly type: 'conditions-changed';
  /** Whether anything is simulated. */
  readonly isActive: boolean;
  readonly isOnline: boolean;
  /** Name of the profile that holds. */
  readonly profile: string;
  /** How many rules there are, those that are switched off too. */
  readonly rules: number;
  /** Name of the schedule, if there is one. */
  readonly schedule?: string;
}

/** A rule's effect came. */
export interface RuleFired {
  readonly type: 'rule-fired';
  /** Its place in the list, from 0. */
  readonly rule: number;
  readonly name?: string;
  readonly effect: EffectType;
  readonly trigger: TriggerType;
  /** The fetch's, and its worker's: other workers have fetches of that id. */
  readonly id: string;
  readonly scope: string;
  /** The record's place in its fetch, from 0; absent for a call. */
  readonly record?: number;
  /** From 1: of the record, or of the calls with this id. */
  readonly attempt: number;
}

/** A worker's made-up network was lost, or came back. */
export interface OnlineChanged {
  readonly type: 'online-changed';
  readonly isOnline: boolean;
}
