import {expect} from '@esm-bundle/chai';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import type {Candidate} from '../../../../inspector-core/conditions/rules/match.js';
import {createMatcher} from '../../../../inspector-core/conditions/rules/matcher.js';
import type {
  Rule,
  RuleMatch,
} from '../../../../inspector-core/conditions/rules/rule.js';
import {compileUrl} from '../../../../inspector-core/conditions/rules/url-pattern.js';
import {refusal} from '../support/refusal.js';

const attemptOf = (
  parts: Partial<Candidate> & {url?: string} = {},
): Candidate => ({
  isCall: false,
  requests: [
    {url: parts.url ?? 'https://a.example/media/1.mp4', method: 'GET'},
  ],
  fetchId: 'movie-1',
  record: 0,
  attempt: 1,
  ...parts,
});

const fits = (match: RuleMatch, candidate: Candidate): boolean => {
  const rule: Rule = {match, effect: {type: 'drop'}};
  return createMatcher([rule], createDice(1)).find(candidate) === 0;
};

describe('A rule', () => {
  it('matches by URL pattern, absolute or relative to the page', () => {
    const one = attemptOf();
    expect(fits({url: 'https://*.example/*'}, one)).to.equal(true);
    expect(fits({url: '*://*:*/media/:name'}, one)).to.equal(true);
    expect(fits({url: 'https://b.example/*'}, one)).to.equal(false);
    const here = attemptOf({url: new URL('/x/big.bin', location.href).href});
    expect(fits({url: '/x/*'}, here)).to.equal(true);
    expect(fits({url: '/x/*'}, one)).to.equal(false);
  });

  it('is refused with a remedy where a relative pattern has no origin', () => {
    const refused = (url: string): string =>
      refusal(() => compileUrl(url, 'match.url', 'about:blank'));
    expect(refused('/media/*')).to.equal(
      'match.url: "/media/*" is relative, and there is no origin here. To fit ' +
        'any, begin it with *://*:*/.',
    );
    const remedy = compileUrl('*://*:*/media/*', 'match.url', 'about:blank');
    expect(remedy.test('http://a.example:8080/media/1.mp4')).to.equal(true);
    expect(refused('https://[')).to.contain('is no URL pattern');
  });

  it('has one meaning in each page and worker of an origin', () => {
    const one = attemptOf();
    for (const url of ['/media/*', 'media/*', './media/*']) {
      const rules: Rule[] = [{match: {url}, effect: {type: 'drop'}}];
      for (const place of [
        'https://a.example',
        'https://a.example/app/worker.js',
        'https://a.example/app/deep/page?query#hash',
      ]) {
        const matcher = createMatcher(rules, createDice(1), place);
        expect(matcher.find(one), `${url} at ${place}`).to.equal(0);
      }
      const elsewhere = createMatcher(
        rules,
        createDice(1),
        'https://b.example',
      );
      expect(elsewhere.find(one)).to.equal(undefined);
    }
  });

  it('matches by id, record and method', () => {
    expect(fits({fetchId: 'movie-*'}, attemptOf())).to.equal(true);
    expect(fits({fetchId: 'movie'}, attemptOf())).to.equal(false);
    expect(fits({record: 0}, attemptOf())).to.equal(true);
    expect(fits({record: 1}, attemptOf())).to.equal(false);
    expect(fits({method: 'get'}, attemptOf())).to.equal(true);
    expect(fits({method: 'POST'}, attemptOf())).to.equal(false);
  });

  it('matches the first attempts, or every so-manieth', () => {
    const attempts = [1, 2, 3, 4, 5, 6];
    const those = (match: RuleMatch): number[] =>
      attempts.filter((attempt) => fits(match, attemptOf({attempt})));
    expect(those({attempt: {first: 2}})).to.deep.equal([1, 2]);
    expect(those({attempt: {every: 3}})).to.deep.equal([3, 6]);
    expect(those({})).to.deep.equal(attempts);
  });

  it('matches by chance, the same in any order, and in its measure', () => {
    const rules: Rule[] = [
      {match: {probability: 0.25}, effect: {type: 'drop'}},
    ];
    const attempts = Array.from({length: 2_000}, (_, index) =>
      attemptOf({record: index, attempt: 1 + (index % 3)}),
    );
    const choose = (list: readonly Candidate[], seed: number): Set<unknown> => {
      const matcher = createMatcher(rules, createDice(seed));
      return new Set(
        list.filter((one) => matcher.find(one) === 0).map(({record}) => record),
      );
    };
    const forth = choose(attempts, 1);
    expect(forth).to.deep.equal(choose(attempts.toReversed(), 1));
    expect(forth).not.to.deep.equal(choose(attempts, 2));
    expect(forth.size).to.be.within(430, 570);
  });

  it('is the first that fits and is enabled', () => {
    const rules: Rule[] = [
      {enabled: false, effect: {type: 'drop'}},
      {match: {fetchId: 'other'}, effect: {type: 'drop'}},
      {match: {probability: 0}, effect: {type: 'drop'}},
      {effect: {type: 'stall'}},
      {effect: {type: 'drop'}},
    ];
    expect(createMatcher(rules, createDice(1)).find(attemptOf())).to.equal(3);
    expect(
      createMatcher(rules.slice(0, 3), createDice(1)).find(attemptOf()),
    ).to.equal(undefined);
  });

  it('of calls is not asked for attempts, nor the other way round', () => {
    const rules: Rule[] = [
      {effect: {type: 'permission-denied'}},
      {effect: {type: 'quota-exceeded'}, trigger: {at: 'byte', byte: 5}},
    ];
    const matcher = createMatcher(rules, createDice(1));
    const call = attemptOf({isCall: true});
    expect([matcher.find(call), matcher.find(attemptOf())]).to.deep.equal([
      0, 1,
    ]);
  });
});
