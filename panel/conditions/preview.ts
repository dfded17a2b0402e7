/** Which past requests of the log rules would have acted on. */
import {NEUTRAL} from '../../inspector-core/conditions/conditions-file.js';
import {createDice} from '../../inspector-core/conditions/random/dice.js';
import {
  createMatcher,
  type Candidate,
  type Matcher,
} from '../../inspector-core/conditions/rules/match.js';
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

/** All that a rule can be asked about of a fetch, and what fits. */
interface Asked {
  readonly call: number;
  readonly requests: readonly RequestDescription[];
  /** Of each record. */
  readonly attempts: readonly number[];
  readonly matches: readonly PastMatch[];
}

/**
 * Asks the conditions' own matcher. While bytes come each state of a fetch is
 * another one, but seldom one in which there is something else to be asked.
 */
export class Preview {
  readonly #matcher: Matcher;
  #known: ReadonlyMap<FetchKey, Asked> = new Map();

  constructor(
    rules: readonly Rule[],
    seed: ConditionsFile['seed'] = NEUTRAL.seed,
    base?: string,
  ) {
    this.#matcher = createMatcher(rules, createDice(seed), base);
  }

  /** @param fetches oldest first: calls count by their id. */
  matches(fetches: Iterable<FetchState>): readonly PastMatch[] {
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
          : this.#ask(fetch, call),
      );
    }
    this.#known = known;
    return [...known.values()].flatMap(({matches}) => matches);
  }

  #ask(fetch: FetchState, call: number): Asked {
    const {id, key, records} = fetch;
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
    const matches = candidates.flatMap((candidate) => {
      const rule = this.#matcher.find(candidate);
      if (rule === undefined) return [];
      const {record, attempt} = candidate;
      const url = candidate.requests[0]?.url ?? '';
      const match = {rule, fetch: key, id, url, attempt};
      return [record === undefined ? match : {...match, record}];
    });
    return {call, requests, attempts: records.map(countOf), matches};
  }
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
