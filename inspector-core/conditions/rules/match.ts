import {literalOf} from './literal-of.js';
import type {RuleMatch} from './rule.js';

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

/** What a match says of one candidate, the pattern of its URL made. */
type Tested = {
  readonly [Name in 'fetchId' | 'record' | 'method' | 'attempt']?:
    RuleMatch[Name] | undefined;
} & {readonly pattern: URLPattern | undefined};

/** Whether all that is named fits. Whatever costs least is asked first. */
export function compileMatch({
  pattern,
  fetchId,
  record,
  method,
  attempt,
}: Tested): Test {
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
  return (candidate) => tests.every((test) => test(candidate));
}
