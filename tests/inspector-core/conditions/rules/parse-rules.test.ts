import {expect} from '@esm-bundle/chai';
import {parseRules} from '../../../../inspector-core/conditions/rules/parse-rules.js';
import {
  EFFECTS,
  triggerOf,
  type Rule,
} from '../../../../inspector-core/conditions/rules/rule.js';
import {refusal} from '../support/refusal.js';

/** Every effect, with all that it can say. */
const ALL: readonly Rule[] = [
  {
    effect: {type: 'fail', reason: 'quota-exceeded'},
    trigger: {at: 'percent', percent: 50},
  },
  {effect: {type: 'status', status: 503}, match: {attempt: {first: 2}}},
  {effect: {type: 'network-error'}, trigger: {at: 'end'}},
  {effect: {type: 'drop'}, trigger: {at: 'byte', byte: 1_000, of: 'attempt'}},
  {effect: {type: 'stall', ms: 5, next: 'drop'}, trigger: {at: 'time', ms: 10}},
  {effect: {type: 'stall'}},
  {effect: {type: 'truncate'}, trigger: {at: 'byte', byte: 0}},
  {effect: {type: 'wrong-length', by: -1}},
  {effect: {type: 'wrong-range', by: 1}},
  {effect: {type: 'refuse-range'}, match: {attempt: {every: 2}}},
  {effect: {type: 'etag', etag: '"2"'}},
  {effect: {type: 'etag'}},
  {effect: {type: 'headers', headers: {'X-A': 'b', ETag: ''}}},
  {effect: {type: 'redirect', to: 'https://other.example/there?a'}},
  {effect: {type: 'redirect-loop'}},
  {effect: {type: 'offline', ms: 1_000}, name: 'Lift', enabled: false},
  {
    effect: {
      type: 'throttle',
      download: 1_000,
      latency: 10,
      jitter: 5,
      loss: {rate: 0.1},
    },
  },
  {effect: {type: 'slice', size: 100, variation: 10, delay: 0.5}},
  {effect: {type: 'permission-denied'}, match: {fetchId: 'a*', url: '/x/*'}},
  {
    effect: {type: 'too-many-fetches'},
    match: {probability: 0.5, method: 'POST'},
  },
  {effect: {type: 'quota-exceeded'}, match: {record: 3}},
  {effect: {type: 'storage-error'}, trigger: {at: 'headers'}},
  {effect: {type: 'worker-killed'}},
  {effect: {type: 'browser-restarted'}},
];

describe('parseRules', () => {
  it('keeps every effect as it was written', () => {
    expect(parseRules(ALL)).to.deep.equal(ALL);
    expect(parseRules(JSON.parse(JSON.stringify(ALL)))).to.deep.equal(ALL);
    const types = new Set(ALL.map(({effect}) => effect.type));
    expect([...types].toSorted()).to.deep.equal(
      Object.keys(EFFECTS).toSorted(),
    );
  });

  it('has a trigger for each effect that names none', () => {
    for (const {effect} of ALL) {
      expect(triggerOf({effect})).to.deep.equal({at: EFFECTS[effect.type][0]});
    }
  });

  const drop = {type: 'drop'};
  const bad: readonly (readonly [rule: unknown, ...words: string[]])[] = [
    [7, 'rules[1]:', 'expected an object, got 7'],
    [{}, 'rules[1].effect.type:', 'expected one of fail, status'],
    [{effect: {type: 'explode'}}, 'rules[1].effect.type:', '"explode"'],
    [{effect: {type: 'toString'}}, 'rules[1].effect.type:', '"toString"'],
    [{effect: {...drop, at: 1}}, 'rules[1].effect.at:', 'no such field'],
    [{effect: drop, when: 1}, 'rules[1].when:', 'trigger, effect'],
    [{effect: drop, name: 7}, 'rules[1].name:'],
    [{effect: drop, enabled: 'yes'}, 'rules[1].enabled:', 'true or false'],
    [
      {effect: drop, match: {path: '/'}},
      'rules[1].match.path:',
      'url, fetchId',
    ],
    [
      {effect: drop, match: {url: '*://[/x'}},
      'rules[1].match.url:',
      'no URL pattern',
      '/media/*',
    ],
    [
      {effect: drop, match: {url: '/(\\d+)'}},
      'rules[1].match.url:',
      'regular expression',
    ],
    [{effect: drop, match: {record: -1}}, 'rules[1].match.record:', 'got -1'],
    [{effect: drop, match: {record: 1.5}}, 'rules[1].match.record:', 'whole'],
    [{effect: drop, match: {method: 'G T'}}, 'rules[1].match.method:'],
    [
      {effect: drop, match: {attempt: {}}},
      'rules[1].match.attempt:',
      'either first or every',
    ],
    [
      {effect: drop, match: {attempt: {every: 0}}},
      'rules[1].match.attempt.every:',
    ],
    [
      {effect: drop, match: {probability: 2}},
      'rules[1].match.probability:',
      'from 0 to 1',
    ],
    [{effect: drop, match: {probability: null}}, 'rules[1].match.probability:'],
    [
      {effect: drop, trigger: {at: 'request'}},
      'rules[1].trigger.at:',
      'drop cannot come at request',
    ],
    [
      {effect: drop, trigger: {at: 'byte'}},
      'rules[1].trigger.byte:',
      'got undefined',
    ],
    [{effect: drop, trigger: {at: 'byte', byte: -1}}, 'rules[1].trigger.byte:'],
    [
      {effect: drop, trigger: {at: 'byte', byte: 1, ms: 1}},
      'rules[1].trigger.ms:',
      'no such field',
    ],
    [
      {effect: drop, trigger: {at: 'percent', percent: 101}},
      'rules[1].trigger.percent:',
    ],
    [
      {effect: drop, trigger: {at: 'time', ms: Infinity}},
      'rules[1].trigger.ms:',
    ],
    [{effect: drop, trigger: 'end'}, 'rules[1].trigger.at:'],
    ...[7, '/there', 'data:,', 'javascript:1', 'https://me:you@x.example/'].map(
      (to): [unknown, string] => [
        {effect: {type: 'redirect', to}},
        'rules[1].effect.to:',
      ],
    ),
    [
      {effect: {type: 'fail', reason: ''}},
      'rules[1].effect.reason:',
      'aborted',
    ],
    [
      {effect: {type: 'status', status: 100}},
      'rules[1].effect.status:',
      '200 to 599',
    ],
    [{effect: {type: 'status', status: 0}}, 'rules[1].effect.status:'],
    [{effect: {type: 'offline', ms: 0}}, 'rules[1].effect.ms:'],
    [
      {effect: {type: 'wrong-length', by: 0}},
      'rules[1].effect.by:',
      'change nothing',
    ],
    [
      {effect: {type: 'headers', headers: {'a b': '1'}}},
      'rules[1].effect.headers.a b:',
    ],
    [
      {effect: {type: 'headers', headers: {a: 1}}},
      'rules[1].effect.headers.a:',
      'expected text',
    ],
    [
      {effect: {type: 'throttle', download: 0}},
      'rules[1].effect.download:',
      'got 0',
    ],
    [{effect: {type: 'slice', size: 0, delay: 1}}, 'rules[1].effect.size:'],
  ];
  for (const [rule, ...words] of bad) {
    it(`refuses ${JSON.stringify(rule)}, naming rule and field`, () => {
      const sentence = refusal(() => parseRules([{effect: drop}, rule]));
      for (const word of words) expect(sentence).to.contain(word);
    });
  }

  it('refuses 10,000 rules, and what is no list', () => {
    const many = Array.from({length: 10_000}, () => ({effect: drop}));
    const sentence = refusal(() => parseRules(many));
    expect(sentence)
      .to.contain('rules[1000]:')
      .and.contain('10000')
      .and.contain('1000 are the most');
    expect(refusal(() => parseRules({}))).to.contain('expected a list');
  });
});
