import {assert} from '@esm-bundle/chai';
import type {
  EffectType,
  Rule,
} from '../../../inspector-core/protocol/protocol.js';
import {
  EFFECT_NAMES,
  formatLink,
  formatRule,
  formatRuleName,
} from '../../../panel/format/format.js';

const SENTENCES: readonly (readonly [Rule, string])[] = [
  [
    {
      match: {url: '*.mp3', attempt: {first: 1}},
      effect: {type: 'status', status: 503},
    },
    'status 503 for the first attempt of *.mp3',
  ],
  [
    {
      trigger: {at: 'percent', percent: 40},
      effect: {type: 'offline', ms: 10_000},
    },
    'offline for 10.0 s at 40 % for every request',
  ],
  [
    {
      match: {fetchId: 'film-*', record: 1, attempt: {every: 3}},
      trigger: {at: 'byte', byte: 100_000, of: 'attempt'},
      effect: {type: 'drop'},
    },
    'connection lost at 100 kB of the attempt for every 3rd attempt of record 2 in film-*',
  ],
  [
    {
      match: {attempt: {first: 2}, probability: 0.125},
      trigger: {at: 'call'},
      effect: {type: 'quota-exceeded'},
    },
    'quota exceeded for the first 2 calls, by a chance of 12.5 %',
  ],
  [
    {
      match: {method: 'POST'},
      trigger: {at: 'time', ms: 250},
      effect: {type: 'stall', ms: 5_000, next: 'drop'},
    },
    'stall for 5.0 s, then the connection lost after 250 ms for POST',
  ],
  [
    {effect: {type: 'throttle', download: 50_000, latency: 300}},
    'a link of 50.0 kB/s down, 300 ms for every request',
  ],
  [
    {effect: {type: 'headers', headers: {etag: '', 'x\u202e': 'y'}}},
    'other headers (etag, x\\u202E) for every request',
  ],
];

describe('formatRule', () => {
  it('says what comes, when, and of what', () => {
    for (const [rule, sentence] of SENTENCES) {
      assert.equal(formatRule(rule), sentence);
    }
  });

  it('has words for every effect', () => {
    for (const type of Object.keys(EFFECT_NAMES) as EffectType[]) {
      assert.notEqual(EFFECT_NAMES[type], '', type);
    }
  });

  it('gives way to a name', () => {
    const effect = {type: 'truncate'} as const;
    assert.equal(formatRuleName({name: 'Cut', effect}), 'Cut');
    assert.equal(formatRuleName({effect}), formatRule({effect}));
  });
});

describe('formatLink', () => {
  it('has a preset’s numbers, and nothing where nothing is limited', () => {
    assert.equal(formatLink({}), '');
    assert.equal(formatLink({offline: true}), 'no network');
    assert.equal(
      formatLink({
        download: 180_000,
        upload: 84_375,
        latency: 562.5,
        jitter: 20,
        loss: {rate: 0.005},
      }),
      '180 kB/s down, 84.4 kB/s up, 563 ms ± 20 ms, 0.5 % lost',
    );
  });
});
