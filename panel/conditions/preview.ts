/** Which past requests of the log rules would have acted on. */
import {NEUTRAL} from '../../inspector-core/conditions/conditions-file.js';
import {createDice} from '../../inspector-core/conditions/random/dice.js';
import type {Candidate} from '../../inspector-core/conditions/rules/match.js';
import {
  createMatcher,
  type Matcher,
} from '../../inspector-core/conditions/rules/matcher.js';
import type {
  FetchKey,
  FetchState,
  RecordState,
} from '../../inspector-core/projections/fetch-state.js';
import type {
  ConditionsFile,
  RequestDescription,
  Rule,
} from '../../inspector-core/protocol/protocol.js';

/** An attempt of the log, or a call, and the rule that it would be under. */
export interface PastMatch {
  readonly rule: number;
  readonly fetch: FetchKey;
  readonly id: string;
  /** Absent for a call. */
  readonly record?: number;
  readonly url: string;
  readonly attempt: number;
}

/** Past matches of some fetches, oldest first: calls count by their id. */
export type FindMatches = (
  fetches: Iterable<FetchState>,
) => readonly PastMatch[];

/** What of a fetch rules are asked about, and which of them has it, if any. */
interface PastRequest {
  readonly candidate: Candidate;
  readonly rule: number | undefined;
}

/** All that a rule can be asked about of a fetch, and what fits. */
interface Asked {
  readonly fetch: FetchKey;
  readonly call: number;
  readonly requests: readonly RequestDescription[];
  /** Of each record. */
  readonly attempts: readonly number[];
  readonly past: readonly PastRequest[];
  readonly matches: readonly PastMatch[];
}

/**
 * Asks the conditions' own matcher. While bytes come each state of a fetch is
 * another one, but seldom one in which there is something else to be asked.
 */
export class Preview {
  readonly #matcherOf: (rules: readonly Rule[], first?: number) => Matcher;
  readonly #matcher: Matcher;
  #known: ReadonlyMap<FetchKey, Asked> = new Map();

  constructor(
    rules: readonly Rule[],
    seed: ConditionsFile['seed'] = NEUTRAL.seed,
    base?: string,
  ) {
    const dice = createDice(seed);
    this.#matcherOf = (some, first) => createMatcher(some, dice, base, first);
    this.#matcher = this.#matcherOf(rules);
  }

  readonly matches: FindMatches = (fetches) =>
    this.#ask(fetches).flatMap(({matches}) => matches);

  /**
   * What a rule that takes a place among these would have. Of each request only
   * that rule is asked, since it is known which of the others has it: a rule is
   * tried at each key that its writer presses.
   */
  try(rule: Rule, place: number): FindMatches {
    const matcher = this.#matcherOf([rule], place);
    const known = new WeakMap<Asked, readonly PastMatch[]>();
    const ask = (asked: Asked): readonly PastMatch[] => {
      const before = known.get(asked);
      if (before !== undefined) return before;
      const matches = asked.past
        .filter(({rule: other = Infinity}) => other >= place)
        .flatMap(({candidate}) => {
          const found = matcher.find(candidate);
          return found === undefined
            ? []
            : [matchOf(asked.fetch, candidate, found)];
        });
      known.set(asked, matches);
      return matches;
    };
    return (fetches) => this.#ask(fetches).flatMap(ask);
  }

  #ask(fetches: Iterable<FetchState>): readonly Asked[] {
    const calls = new Map<string, number>();
    const known = new Map<FetchKey, Asked>();
    for (const fetch of fetches) {
      const call = (calls.get(fetch.id) ?? 0) + 1;
      calls.set(fetch.id, call);
      const before = this.#known.get(fetch.key);
      known.set(
        fetch.key,
        before !== undefined && holds(before, fetch, call)
          ? before
          : this.#askOf(fetch, call),
      );
    }
    this.#known = known;
    return [...known.values()];
  }

  #askOf(fetch: FetchState, call: number): Asked {
    const {key, records} = fetch;
    const past = candidatesOf(fetch, call).map((candidate) => ({
      candidate,
      rule: this.#matcher.find(candidate),
    }));
    return {
      fetch: key,
      call,
      requests: records.map(({request}) => request),
      attempts: records.map(countOf),
      past,
      matches: past.flatMap(({candidate, rule}) =>
        rule === undefined ? [] : [matchOf(key, candidate, rule)],
      ),
    };
  }
}

/** Its call, and each attempt of each of its records. */
function candidatesOf(
  {id, records}: FetchState,
  call: number,
): readonly Candidate[] {
  const requests = records.map(({request}) => request);
  const candidates: Candidate[] = [
    {isCall: true, fetchId: id, requests, attempt: call},
  ];
  for (const record of records) {
    const {index, request} = record;
    for (let attempt = 1; attempt <= countOf(record); attempt += 1) {
      candidates.push({
        isCall: false,
        fetchId: id,
        requests: [request],
        record: index,
        attempt,
      });
    }
  }
  return candidates;
}

function matchOf(
  fetch: FetchKey,
  {fetchId: id, record, requests, attempt}: Candidate,
  rule: number,
): PastMatch {
  const url = requests[0]?.url ?? '';
  const match = {rule, fetch, id, url, attempt};
  return record === undefined ? match : {...match, record};
}

/** Where the attempts were not seen, there was one at least. */
const countOf = ({attempts}: RecordState): number =>
  Math.max(1, attempts.length);

const holds = (asked: Asked, {records}: FetchState, call: number): boolean =>
  asked.call === call &&
  asked.requests.length === records.length &&
  records.every(
    (record, index) =>
      record.request === asked.requests[index] &&
      countOf(record) === asked.attempts[index],
  );
