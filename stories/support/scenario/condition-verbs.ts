import {parseConditionsFile} from '../../../inspector-core/conditions/conditions-file.js';
import type {
  EffectType,
  FetchAction,
  TriggerType,
  WorkerAction,
} from '../../../inspector-core/protocol/protocol.js';
import {ORIGIN} from './stage.js';
import {one, type Verb} from './verb.js';

/** What is simulated, and what comes of it. */
export const conditionVerbs: Readonly<Record<string, Verb>> = {
  /** `conditions FILE`: a file of conditions as JSON; without one, none. */
  conditions: (stage, line) => {
    const file: unknown = JSON.parse(line.words[0] ?? '{}');
    const settings = parseConditionsFile({version: 1, ...Object(file)});
    stage.append(line, {
      type: 'conditions-set',
      conditions: {version: 1, ...settings},
    });
  },

  /** `simulates PROFILE [rules=] [schedule=] [online=no] [active=no]` */
  simulates: (stage, line) => {
    const {rules = '0', schedule, online, active} = line.options;
    stage.append(line, {
      type: 'conditions-changed',
      isActive: active !== 'no',
      isOnline: online !== 'no',
      profile: one(line.words),
      rules: Number(rules),
      ...(schedule === undefined ? {} : {schedule}),
    });
  },

  /** `online`, `offline` */
  online: (stage, line) =>
    stage.append(line, {type: 'online-changed', isOnline: true}),
  offline: (stage, line) =>
    stage.append(line, {type: 'online-changed', isOnline: false}),

  /** `fires RULE ID EFFECT at=TRIGGER [record=] [attempt=]` */
  fires: (stage, line) => {
    const [rule = '0', id = '', effect = 'drop'] = line.words;
    const {at = 'request', record, attempt = '1'} = line.options;
    stage.append(line, {
      type: 'rule-fired',
      rule: Number(rule),
      id,
      scope: `${ORIGIN}/`,
      effect: effect as EffectType,
      trigger: at as TriggerType,
      attempt: Number(attempt),
      ...(record === undefined ? {} : {record: Number(record)}),
    });
  },

  /** `controlled ID ACTION` */
  controlled: (stage, line) =>
    stage.append(line, {
      type: 'fetch-controlled',
      scope: `${ORIGIN}/`,
      id: one(line.words),
      action: one(line.words, 1) as FetchAction,
    }),

  /** `controlled-worker ACTION` */
  'controlled-worker': (stage, line) =>
    stage.append(line, {
      type: 'worker-controlled',
      scope: `${ORIGIN}/`,
      action: one(line.words) as WorkerAction,
    }),
};
