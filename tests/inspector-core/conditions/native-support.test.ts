import {expect} from '@esm-bundle/chai';
import {
  nativeEffectOf,
  nativeSupportOf,
  nativeSupportOfAll,
  type NativeAction,
} from '../../../inspector-core/conditions/native-support.js';
import {
  EFFECTS,
  EFFECT_TYPES,
  type Effect,
  type Rule,
  type RuleMatch,
} from '../../../inspector-core/conditions/rules/rule.js';

const actionOf = (rule: Rule): NativeAction | undefined =>
  nativeEffectOf(rule).action;

const fail = (reason: 'aborted' | 'bad-status' | 'fetch-error'): Effect => ({
  type: 'fail',
  reason,
});

/** What the browser can have done to a request, and to what end. */
const HAD: readonly (readonly [Rule, NativeAction])[] = [
  [{effect: fail('bad-status')}, {type: 'block'}],
  [{effect: fail('fetch-error')}, {type: 'lose'}],
  [{effect: fail('aborted')}, {type: 'abort'}],
  [
    {effect: fail('aborted'), trigger: {at: 'percent', percent: 40}},
    {type: 'abort'},
  ],
  [{effect: {type: 'network-error'}}, {type: 'lose'}],
  [
    {effect: {type: 'redirect', to: 'https://other.example/'}},
    {type: 'redirect', to: 'https://other.example/'},
  ],
  [
    {effect: {type: 'headers', headers: {'X-A': ''}}},
    {type: 'set-headers', headers: {'X-A': ''}},
  ],
  [
    {effect: {type: 'etag', etag: '"2"'}},
    {type: 'set-headers', headers: {ETag: '"2"'}},
  ],
];

describe('nativeSupportOf', () => {
  it('has a sentence for every effect at every trigger', () => {
    for (const type of EFFECT_TYPES) {
      for (const at of EFFECTS[type]) {
        // Fields do not matter: what cannot be had, cannot with any.
        const {isSupported, sentence} = nativeSupportOf({
          effect: {type, reason: 'quota-exceeded'},
          trigger: {at},
        } as Rule);
        expect(sentence, `${type} at ${at}`).to.match(/^[A-Z].*\.$/);
        expect(sentence.includes('emulated route')).to.equal(!isSupported);
      }
    }
  });

  it('tells how each of the few is brought about', () => {
    for (const [rule, action] of HAD) {
      expect(actionOf(rule)).to.deep.equal(action);
    }
  });

  it('rejects calls, whatever they are matched by', () => {
    const match = {fetchId: 'a', record: 1, probability: 0.5};
    for (const type of [
      'permission-denied',
      'too-many-fetches',
      'quota-exceeded',
      'storage-error',
    ] as const) {
      const rule: Rule = {match, effect: {type}, trigger: {at: 'call'}};
      expect(actionOf(rule)).to.deep.equal({type: 'reject'});
    }
  });

  it('says what Chrome does not tell of a request', () => {
    const cases: readonly (readonly [RuleMatch, string])[] = [
      [{fetchId: 'a'}, 'which fetch'],
      [{record: 0}, 'which record'],
      [{attempt: {every: 2}}, 'first attempt'],
      [{probability: 0.5}, 'no dice'],
    ];
    for (const [match, words] of cases) {
      const {isSupported, sentence} = nativeSupportOf({
        match,
        effect: fail('bad-status'),
      });
      expect(isSupported).to.equal(false);
      expect(sentence).to.contain(words);
    }
    const match = {url: '/a', method: 'GET', attempt: {first: 3}};
    const rule = {match, effect: fail('bad-status')};
    expect(nativeSupportOf(rule).isSupported).to.equal(true);
  });

  it('aborts by the fetch, and not by what Chrome does not tell', () => {
    const trigger = {at: 'byte', byte: 100} as const;
    const effect = fail('aborted');
    const isHad = (match: RuleMatch): boolean =>
      nativeSupportOf({match, trigger, effect}).isSupported;
    expect(isHad({fetchId: 'film-*', probability: 0.5})).to.equal(true);
    expect(isHad({record: 1})).to.equal(false);
    expect(
      nativeSupportOf({trigger: {at: 'end'}, effect}).isSupported,
    ).to.equal(false);
  });
});

describe('nativeSupportOfAll', () => {
  /** Each with a sign for whether it is had. */
  const placesOf = (conditions: object): readonly string[] =>
    nativeSupportOfAll({version: 1, ...conditions}).map(
      ({where, isSupported}) => `${isSupported ? '+' : '-'}${where}`,
    );

  it('says nothing where nothing is set', () => {
    expect(placesOf({})).to.deep.equal([]);
    expect(placesOf({profile: 'No throttling', offline: false})).to.deep.equal(
      [],
    );
  });

  it('goes through all that is set, in the order of the file', () => {
    const effect: Effect = {type: 'drop'};
    expect(
      placesOf({
        profile: '3G',
        offline: true,
        schedule: {name: 'Tunnel', phases: []},
        permission: 'denied',
        quota: 1,
        rules: [{effect}, {effect, enabled: false}, {effect: fail('aborted')}],
      }),
    ).to.deep.equal([
      '-profile',
      '+offline',
      '-schedule',
      '+permission',
      '-quota',
      '-rules[0]',
      '+rules[2]',
    ]);
  });

  it('knows the profile that is no network at all', () => {
    expect(placesOf({profile: 'Offline'})).to.deep.equal(['+offline']);
  });

  it('cannot give a permission that the user did not', () => {
    expect(placesOf({permission: 'granted'})).to.deep.equal(['-permission']);
  });
});
