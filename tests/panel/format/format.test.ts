import {assert} from '@esm-bundle/chai';
import fc from 'fast-check';
import {
  formatBytes,
  formatBytesOf,
  formatConditions,
  formatDuration,
  formatEntrySummary,
  formatFrame,
  formatPercent,
  formatRoute,
  formatTime,
  formatTimeLeft,
  formatUrlName,
  parseStack,
  visibleText,
} from '../../../panel/format/format.js';
import type {Fact} from '../../../inspector-core/protocol/protocol.js';
import {source} from '../../support/entries.js';

describe('formatBytes', () => {
  it('has three digits and decimal units', () => {
    const told = [0, 999, 1_000, 212_000, 999_499, 999_500, 42_100_000, 1.2e9];
    assert.deepEqual(told.map(formatBytes), [
      '0 B',
      '999 B',
      '1.00 kB',
      '212 kB',
      '999 kB',
      '1.00 MB',
      '42.1 MB',
      '1.20 GB',
    ]);
  });

  it('tells a part in the unit of its whole', () => {
    assert.equal(formatBytesOf(24e6, 62.9e6), '24.0 / 62.9 MB');
    assert.equal(formatBytesOf(380e6, 1e9), '0.38 / 1.00 GB');
    assert.equal(formatBytesOf(0, 1e9), '0 / 1.00 GB');
    assert.equal(formatBytesOf(5e6, 0), '5.00 MB');
  });
});

describe('formatDuration', () => {
  it('has about three digits in a unit that fits', () => {
    const told = [0, 0.34, 9.96, 212, 999.6, 31_400, 59_960, 192_000, 3.9e6];
    assert.deepEqual(told.map(formatDuration), [
      '0 ms',
      '0.3 ms',
      '10 ms',
      '212 ms',
      '1.0 s',
      '31.4 s',
      '1 min 0 s',
      '3 min 12 s',
      '1 h 5 min',
    ]);
  });
});

describe('formatTime', () => {
  it('counts from an origin, or tells the time of day', () => {
    assert.equal(formatTime(31_402.4, 0, 'relative'), '31.402 s');
    assert.match(formatTime(0, 0, 'absolute'), /^\d\d:\d\d:00\.000$/);
  });
});

describe('formatPercent', () => {
  it('says 100 only when all is there', () => {
    assert.equal(formatPercent(999, 1_000), '99 %');
    assert.equal(formatPercent(1_000, 1_000), '100 %');
    assert.equal(formatPercent(1, 0), '');
  });
});

describe('formatTimeLeft', () => {
  it('is no finer than it can be known', () => {
    const told = [10, 8_100, 130_000, 7_300_000];
    assert.deepEqual(told.map(formatTimeLeft), [
      '1 s left',
      '9 s left',
      '3 min left',
      '3 h left',
    ]);
  });
});

describe('visibleText', () => {
  it('spells out what would not be seen', () => {
    assert.equal(
      visibleText('a\0b\u202Ec\uD83Dd\n'),
      'a\\0b\\u202Ec\\uD83Dd\\n',
    );
  });

  it('leaves text of all scripts alone', () => {
    const text = 'Folge 5 – شريط 第5集 🎧 <b>&amp;';
    assert.equal(visibleText(text), text);
  });

  it('cuts what is long before it looks at it', () => {
    assert.equal(visibleText('x'.repeat(1_000_000), 5), 'xxxxx…');
  });

  it('never lets a control, a bidi override or half a character through', () => {
    fc.assert(
      fc.property(fc.string({unit: 'binary'}), (text) => {
        assert.notMatch(
          visibleText(text),
          // oxlint-disable-next-line no-control-regex -- they are what is looked for
          /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u,
        );
      }),
    );
  });
});

describe('formatUrlName', () => {
  it('is the last segment, with the query', () => {
    assert.equal(formatUrlName('https://a.example/x/y.mp3?z=1'), 'y.mp3?z=1');
    assert.equal(formatUrlName('https://a.example/'), 'a.example');
  });

  it('shows what is no web address as it is', () => {
    assert.equal(formatUrlName('javascript:alert(1)'), 'javascript:alert(1)');
    assert.equal(formatUrlName('nonsense'), 'nonsense');
  });
});

describe('parseStack', () => {
  it('reads frames of Chromium and of Firefox', () => {
    const stack =
      'Error\n    at download (https://a.example/app.js:41:31)\n    at https://a.example/app.js:8:5\nstart@https://a.example/main.js:3:1';
    assert.deepEqual(parseStack(stack).map(formatFrame), [
      'app.js:41 download()',
      'app.js:8',
      'main.js:3 start()',
    ]);
  });
});

describe('formatRoute', () => {
  it('says why, as far as it is known', () => {
    assert.equal(
      formatRoute({route: 'emulated', routedBecause: 'setting'}),
      'emulated: the route was set so',
    );
    assert.equal(
      formatRoute({route: 'emulated', routedBecause: 'no-native'}),
      'emulated: this browser has no Background Fetch of its own',
    );
    assert.equal(
      formatRoute({route: 'native', routedBecause: 'default'}),
      'native: nothing asked for another route',
    );
    assert.equal(
      formatRoute({route: 'emulated'}),
      'emulated: why is not known, fetch() was not seen',
    );
    assert.equal(formatRoute({route: 'native'}), 'native');
  });
});

describe('formatConditions', () => {
  it('says what is simulated, and when nothing is', () => {
    assert.equal(formatConditions({version: 1}), 'Nothing is simulated');
    assert.equal(
      formatConditions({
        version: 1,
        profile: {name: 'A train', download: 9},
        offline: true,
        rules: [{effect: {type: 'drop'}}],
        schedule: {name: 'Tunnel', phases: []},
        permission: 'denied',
        quota: 4_096,
      }),
      'A train (9 B/s down), offline, 1 rule, Tunnel, permission denied, room for 4.10 kB',
    );
  });
});

describe('formatEntrySummary', () => {
  const summary = (fact: Fact): string =>
    formatEntrySummary({
      index: 1,
      seq: 1,
      at: 1,
      source: source('panel'),
      fact,
    });

  it('has a sentence for each fact of conditions', () => {
    const conditions = {version: 1, profile: '3G'} as const;
    assert.equal(summary({type: 'conditions-set', conditions}), '3G');
    const changed = {
      type: 'conditions-changed',
      profile: '3G',
      isOnline: false,
      rules: 2,
      schedule: 'Tunnel',
    } as const;
    assert.equal(
      summary({...changed, isActive: true}),
      '3G, offline, 2 rules, Tunnel',
    );
    const fired = {
      type: 'rule-fired',
      rule: 0,
      effect: 'drop',
      trigger: 'byte',
      id: 'film',
      scope: 'https://podcast.example/',
      attempt: 2,
    } as const;
    assert.equal(
      summary({...fired, record: 0}),
      'Rule 1: drop at byte, record 1, attempt 2 of "film"',
    );
    assert.equal(
      summary({...fired, name: 'No room', trigger: 'call'}),
      'No room: drop at call, call 2 of "film"',
    );
    assert.equal(summary({type: 'online-changed', isOnline: false}), 'Offline');
  });
});
