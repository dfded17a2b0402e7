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
} from '../../inspector-core/projections/fetch-state.js';
import type {
  ConditionsFile,
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

/**
 * Asks the conditions' own matcher. What is known of a fetch seldom changes
 * while its bytes come, so that each state of it is asked about once.
 */
export class Preview {
  readonly #matcher: Matcher;
  readonly #known = new WeakMap<FetchState, readonly PastMatch[]>();

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
    const found: PastMatch[] = [];
    for (const fetch of fetches) {
      const call = (calls.get(fetch.id) ?? 0) + 1;
      calls.set(fetch.id, call);
      let own = this.#known.get(fetch);
      if (own === undefined) {
        own = this.#ask(fetch, call);
        this.#known.set(fetch, own);
      }
      found.push(...own);
    }
    return found;
  }

  #ask(fetch: FetchState, call: number): readonly PastMatch[] {
    const {id, key, records} = fetch;
    const requests = records.map(({request}) => request);
    const candidates: Candidate[] = [
      {isCall: true, fetchId: id, requests, attempt: call},
    ];
    for (const {index, request, attempts} of records) {
      // Where the attempts were not seen, there was one at least.
      const count = Math.max(1, attempts.length);
      for (let attempt = 1; attempt <= count; attempt += 1) {
        const record = {record: index, attempt};
        candidates.push({
          isCall: false,
          fetchId: id,
          requests: [request],
          ...record,
        });
      }
    }
    return candidates.flatMap((candidate) => {
      const rule = this.#matcher.find(candidate);
      if (rule === undefined) return [];
      const {record, attempt} = candidate;
      const url = candidate.requests[0]?.url ?? '';
      const match = {rule, fetch: key, id, url, attempt};
      return [record === undefined ? match : {...match, record}];
    });
  }
}
