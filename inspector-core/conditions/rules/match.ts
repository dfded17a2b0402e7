import {ConditionsError, show} from '../parsing.js';
import type {Dice} from '../random/dice.js';
import {literalOf} from './literal-of.js';
import {triggerOf, type Rule, type RuleMatch} from './rule.js';

/** What rules are matched against: an attempt, or a call of `fetch()`. */
export interface Candidate {
  readonly isCall: boolean;
  /**
   * An attempt has one; a call one for each of its records. URLs are spelled as
   * `Request` spells them.
   */
  readonly requests: readonly {readonly url: string; readonly method: string}[];
  readonly fetchId: string;
  /** Of an attempt; a call has none. */
  readonly record?: number;
  /** From 1: of a record, or of the calls with this id since rules are these. */
  readonly attempt: number;
}

/** Rules that are ready to be asked. */
export interface Matcher {
  /** The place of the first rule that fits; undefined if none does. */
  find(candidate: Candidate): number | undefined;
}

/**
 * What relative patterns are relative to: the root of the origin, which page and
 * worker have in common, and which is all that Chrome tells of a native request.
 */
const rootOf = (place: string | undefined): string | undefined =>
  place !== undefined && URL.canParse('/', place)
    ? new URL('/', place).href
    : undefined;

/**
 * Makes a pattern of its text. Throws a ConditionsError that names the place.
 *
 * @param place any URL of the origin that it is relative to
 */
export function compileUrl(
  text: string,
  where: string,
  place = globalThis.location?.href,
): URLPattern {
  if (typeof globalThis.URLPattern !== 'function') {
    throw new ConditionsError(
      where,
      'there is no URLPattern here, which Chrome has since 95, Firefox since ' +
        '142, Safari since 26 and Node since 24. To go on, match by fetchId and ' +
        'record.',
    );
  }
  const root = rootOf(place);
  const pattern = makePattern(text, root);
  if (pattern === undefined) {
    const isRelative = makePattern(text, 'https://any.example/') !== undefined;
    throw new ConditionsError(
      where,
      root === undefined && isRelative
        ? `${show(text)} is relative, and there is no origin here. To fit any, ` +
            'begin it with *://*:*/.'
        : `${show(text)} is no URL pattern. Examples: /media/*, ` +
            'https://*.example.com/*, *://*:*/*.zip.',
    );
  }
  if (pattern.hasRegExpGroups) {
    throw new ConditionsError(
      where,
      `${show(text)} has a regular expression. Use * and :name instead.`,
    );
  }
  return pattern;
}

function makePattern(text: string, base?: string): URLPattern | undefined {
  try {
    return base === undefined
      ? new URLPattern(text)
      : new URLPattern(text, base);
  } catch {
    return undefined;
  }
}

/** Whether a text fits one in which `*` stands for any text, also for none. */
export function compileText(pattern: string): (text: string) => boolean {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let from = first.length;
    for (const part of rest) {
      const at = text.indexOf(part, from);
      if (at === -1) return false;
      from = at + part.length;
    }
    return text.length - last.length >= from && text.endsWith(last);
  };
}

type Test = (candidate: Candidate) => boolean;

/** What all must hold for a match to fit. Whatever costs least is asked first. */
export function compileMatch(
  {url, fetchId, record, method, attempt}: RuleMatch,
  where: string,
  place?: string,
): readonly Test[] {
  const tests: Test[] = [];
  if (record !== undefined) {
    // A call is of all its records.
    tests.push((one) => one.isCall || one.record === record);
  }
  if (attempt !== undefined) {
    tests.push((one) =>
      'first' in attempt
        ? one.attempt <= attempt.first
        : one.attempt % attempt.every === 0,
    );
  }
  if (fetchId !== undefined) {
    const fits = compileText(fetchId);
    tests.push((one) => fits(one.fetchId));
  }
  const pattern = url === undefined ? undefined : compileUrl(url, where, place);
  if (pattern !== undefined || method !== undefined) {
    const literal = literalOf(pattern?.pathname ?? '');
    const wanted = method?.toUpperCase();
    tests.push(({requests}) =>
      requests.some(
        (request) =>
          (wanted === undefined || request.method.toUpperCase() === wanted) &&
          (pattern === undefined ||
            (request.url.includes(literal) && pattern.test(request.url))),
      ),
    );
  }
  return tests;
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
    const {match = {}} = rule;
    const index = first + own;
    const where = `rules[${index}].match.url`;
    return {
      rule,
      index,
      tests: compileMatch(match, where, place),
      probability: match.probability ?? 1,
    };
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
        ({tests, index, probability}) =>
          tests.every((test) => test(candidate)) &&
          isThrown(candidate, index, probability),
      )?.index,
  };
}
