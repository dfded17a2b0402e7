import {assert} from '@esm-bundle/chai';
import {
  EFFECTS,
  EFFECT_TYPES,
} from '../../../inspector-core/conditions/rules/rule.js';
import {parseRule} from '../../../inspector-core/conditions/rules/parse-rules.js';
import type {
  Effect,
  EffectType,
  Rule,
  Trigger,
  TriggerType,
} from '../../../inspector-core/protocol/protocol.js';
import {
  draftOf,
  NEW_RULE,
  readDraft,
  withEffect,
} from '../../../panel/conditions/rule-draft.js';

/** Every effect, with all the fields that it can have. */
const FULL: {readonly [T in EffectType]: Extract<Effect, {type: T}>} = {
  fail: {type: 'fail', reason: 'quota-exceeded'},
  status: {type: 'status', status: 503},
  'network-error': {type: 'network-error'},
  drop: {type: 'drop'},
  stall: {type: 'stall', ms: 5_000, next: 'drop'},
  truncate: {type: 'truncate'},
  'wrong-length': {type: 'wrong-length', by: -10},
  'wrong-range': {type: 'wrong-range', by: 10},
  'refuse-range': {type: 'refuse-range'},
  etag: {type: 'etag', etag: '"2"'},
  headers: {type: 'headers', headers: {'x-a': 'one: two', etag: ''}},
  redirect: {type: 'redirect', to: 'https://other.example/file'},
  'redirect-loop': {type: 'redirect-loop'},
  offline: {type: 'offline', ms: 10_000},
  throttle: {
    type: 'throttle',
    download: 50_000,
    upload: 9_000,
    latency: 300,
    jitter: 20,
    loss: {rate: 0.1, stall: 500},
  },
  slice: {type: 'slice', size: 100, variation: 10, delay: 5},
  'permission-denied': {type: 'permission-denied'},
  'too-many-fetches': {type: 'too-many-fetches'},
  'quota-exceeded': {type: 'quota-exceeded'},
  'storage-error': {type: 'storage-error'},
  'worker-killed': {type: 'worker-killed'},
  'browser-restarted': {type: 'browser-restarted'},
};

const TRIGGERS: {readonly [T in TriggerType]: Extract<Trigger, {at: T}>} = {
  call: {at: 'call'},
  request: {at: 'request'},
  headers: {at: 'headers'},
  byte: {at: 'byte', byte: 100, of: 'attempt'},
  percent: {at: 'percent', percent: 40},
  time: {at: 'time', ms: 250},
  end: {at: 'end'},
};

/** As its parser has it, where the first trigger goes without saying. */
const usual = (rule: Rule): Rule => {
  const {trigger, ...rest} = parseRule(rule);
  return trigger === undefined || trigger.at === EFFECTS[rule.effect.type][0]
    ? rest
    : {...rest, trigger};
};

const ruleOf = (rule: Rule): Rule => {
  const reading = readDraft(draftOf(rule));
  if (!('value' in reading)) throw new Error(reading.message);
  return reading.value;
};

describe('the form of a rule', () => {
  it('gives back every effect at every trigger as it was', () => {
    for (const type of EFFECT_TYPES) {
      for (const at of EFFECTS[type]) {
        const rule: Rule = {
          name: 'Whatever',
          enabled: false,
          match: {
            url: 'https://podcast.example/*.mp3',
            fetchId: 'ep-*',
            record: 0,
            method: 'GET',
            attempt: {every: 2},
            probability: 0.5,
          },
          trigger: TRIGGERS[at],
          effect: FULL[type],
        };
        assert.deepEqual(ruleOf(rule), usual(rule), `${type} at ${at}`);
      }
    }
  });

  it('leaves out what is empty', () => {
    assert.deepEqual(ruleOf({effect: {type: 'stall'}}), {
      effect: {type: 'stall'},
    });
    assert.deepEqual(ruleOf(NEW_RULE), NEW_RULE);
  });

  it('names the field that is wrong, in the parser’s own words', () => {
    const wrong: readonly (readonly [string, string, RegExp])[] = [
      ['effect.status', '99', /^expected a whole number from 200 to 599/],
      ['effect.status', 'many', /^expected a whole number .* got "many"/],
      ['effect.status', '', /^expected a whole number/],
      ['match.url', 'https://[', /is no URL pattern/],
      ['match.probability', '2', /from 0 to 1, got 2/],
      ['match.attempt.first', '', /^expected a whole number/],
      ['match.method', 'a b', /no request can have this method/],
    ];
    for (const [path, text, sentence] of wrong) {
      const draft = draftOf(NEW_RULE);
      const texts = {...draft.texts, [path]: text};
      const reading = readDraft({...draft, texts});
      if ('value' in reading) throw new Error(`${path} is taken`);
      assert.equal(reading.path, path);
      assert.match(reading.message, sentence);
    }
  });

  it('keeps a trigger that another effect can have, and leaves others', () => {
    const draft = draftOf({
      trigger: {at: 'percent', percent: 40},
      effect: {type: 'drop'},
    });
    assert.equal(withEffect(draft, 'truncate').trigger, 'percent');
    assert.equal(withEffect(draft, 'status').trigger, 'request');
  });
});
