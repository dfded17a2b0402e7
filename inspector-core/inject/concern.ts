import type {ConditionsFile} from '../conditions/conditions-file.js';
import {isSimulation} from '../conditions/is-simulation.js';
import {compileMatch, type Candidate} from '../conditions/rules/match.js';
import type {RuleMatch} from '../conditions/rules/rule.js';
import {makeUrlPattern} from '../conditions/rules/url-pattern.js';
import type {Concern} from '../engine/routing.js';
import {describeRequests} from '../hooks/hooks.js';
import {isObject} from '../platform/primordials.js';

/**
 * What a file of conditions wants of the calls of a realm. The worker reads it to
 * the letter; here what is not clear counts as wanted. Undefined: nothing.
 */
export function readConcern(file: unknown): Concern | undefined {
  const rules = list(field(file, 'rules')).filter(
    (rule) => field(rule, 'enabled') !== false,
  );
  const mayReject = rules.length > 0 || field(file, 'permission') === 'denied';
  if (isOfAll(file)) return {mayReject, isOf: () => true};
  if (rules.length === 0) return undefined;
  const tests = rules.map((rule) => makeTest(field(rule, 'match')));
  return {
    mayReject,
    isOf: (call) => {
      const candidate = describe(call);
      return candidate === undefined || tests.some((test) => test(candidate));
    },
  };
}

/** What several files want together. */
export function joinConcerns(
  concerns: readonly (Concern | undefined)[],
): Concern | undefined {
  const all = concerns.filter((concern) => concern !== undefined);
  if (all.length === 0) return undefined;
  return {
    mayReject: all.some(({mayReject}) => mayReject),
    isOf: (call) => all.some((concern) => concern.isOf(call)),
  };
}

function isOfAll(file: unknown): boolean {
  try {
    return isSimulation({...(file as ConditionsFile), rules: []});
  } catch {
    return true;
  }
}

/** Whether some attempt of a call could fit. */
function makeTest(match: unknown): (call: Candidate) => boolean {
  const {url, fetchId, method} = (match ?? {}) as RuleMatch;
  try {
    const pattern = url === undefined ? undefined : makeUrlPattern(url);
    return compileMatch({pattern, fetchId, method});
  } catch {
    return () => true;
  }
}

/** Undefined where a call cannot be read without changing what it is given. */
function describe([id, requests]: readonly unknown[]): Candidate | undefined {
  if (typeof id !== 'string') return undefined;
  const {href} = globalThis.location;
  const described = describeRequests(requests, href);
  const count = Array.isArray(requests) ? requests.length : 1;
  return described.length === count
    ? {isCall: true, fetchId: id, requests: described, attempt: 1}
    : undefined;
}

const field = (owner: unknown, name: string): unknown =>
  isObject(owner) ? Reflect.get(owner, name) : undefined;

const list = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : [];
