import type {Dice} from '../random/dice.js';
import {compileMatch, type Candidate} from './match.js';
import {triggerOf, type Rule} from './rule.js';
import {compileUrl} from './url-pattern.js';

/** Rules that are ready to be asked. */
export interface Matcher {
  /** The place of the first rule that fits; undefined if none does. */
  find(candidate: Candidate): number | undefined;
}

/**
 * Compiles rules. What chance decides depends on the seed, the rule's place and
 * the attempt alone: it is the same in whatever order attempts come.
 *
 * @param place of the origin that relative patterns are of, if not this realm's
 * @param first the place of the first of them in the list that they are of
 */
export function createMatcher(
  rules: readonly Rule[],
  dice: Dice,
  place?: string,
  first = 0,
): Matcher {
  const compiled = rules.map((rule, own) => {
    const {url, probability = 1, ...match} = rule.match ?? {};
    const index = first + own;
    const where = `rules[${index}].match.url`;
    const pattern =
      url === undefined ? undefined : compileUrl(url, where, place);
    return {rule, index, fits: compileMatch({...match, pattern}), probability};
  });
  const on = compiled.filter(({rule}) => rule.enabled !== false);
  // Of a thousand rules and ten thousand requests, each may be asked of each.
  const [ofCalls, ofAttempts] = [true, false].map((isCall) =>
    on.filter(({rule}) => (triggerOf(rule).at === 'call') === isCall),
  );
  const isThrown = (one: Candidate, index: number, probability: number) => {
    if (probability >= 1) return true;
    const name = [index, one.attempt, one.record ?? '', one.fetchId];
    return dice.stream(`rule/${name.join('/')}`)() < probability;
  };
  return {
    find: (candidate) =>
      (candidate.isCall ? ofCalls : ofAttempts)?.find(
        ({fits, index, probability}) =>
          fits(candidate) && isThrown(candidate, index, probability),
      )?.index,
  };
}
