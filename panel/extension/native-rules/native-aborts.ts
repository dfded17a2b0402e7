import {NEUTRAL} from '../../../inspector-core/conditions/conditions-file.js';
import {nativeEffectOf} from '../../../inspector-core/conditions/native-support.js';
import {createDice} from '../../../inspector-core/conditions/random/dice.js';
import {createMatcher} from '../../../inspector-core/conditions/rules/matcher.js';
import {
  triggerOf,
  type Rule,
} from '../../../inspector-core/conditions/rules/rule.js';
import type {
  FetchKey,
  FetchState,
} from '../../../inspector-core/projections/fetch-state.js';
import type {InspectorState} from '../../../inspector-core/projections/projections.js';
import type {ConditionsFile} from '../../../inspector-core/protocol/protocol.js';

/** A rule of the list that aborts, and its place in it. */
export interface AbortRule {
  readonly index: number;
  readonly rule: Rule;
}

/** A fetch whose time has come. */
export interface DueAbort extends AbortRule {
  readonly fetch: FetchState;
}

/**
 * Tells which of the browser's own fetches a rule wants aborted. The rule that a
 * fetch is under is found when it begins, as that of an attempt is.
 */
export class NativeAborts {
  readonly #now: () => number;
  #conditions: ConditionsFile | undefined;
  /** Of each that runs: the rule that it is under. */
  #watched: ReadonlyMap<FetchKey, AbortRule | undefined> = new Map();
  #nextAt = Infinity;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** When to ask again though no entry has come; or never. */
  get nextAt(): number {
    return this.#nextAt;
  }

  /** What is due now, each once. */
  due({fetches, session}: InspectorState): readonly DueAbort[] {
    const {conditions} = session;
    this.#nextAt = Infinity;
    const areNew = conditions !== this.#conditions;
    this.#conditions = conditions;
    if (!(conditions.rules ?? []).some(isAbort)) {
      this.#watched = new Map();
      return [];
    }
    if (areNew) this.#watched = new Map();
    const watched = new Map<FetchKey, AbortRule | undefined>();
    const due: DueAbort[] = [];
    for (const fetch of fetches.all.values()) {
      if (fetch.phase !== 'active' || fetch.route !== 'native') continue;
      const {key} = fetch;
      // What ran when they were set is under none of them.
      const under = this.#watched.has(key)
        ? this.#watched.get(key)
        : areNew
          ? undefined
          : findRule(conditions, fetch);
      const isDue = under !== undefined && this.#isDue(fetch, under.rule);
      watched.set(key, isDue ? undefined : under);
      if (isDue) due.push({...under, fetch});
    }
    this.#watched = watched;
    return due;
  }

  #isDue(fetch: FetchState, rule: Rule): boolean {
    const trigger = triggerOf(rule);
    const {acceptedAt, openedAt, downloaded, downloadTotal} = fetch;
    switch (trigger.at) {
      case 'request':
        return true;
      case 'byte':
        return downloaded >= trigger.byte;
      case 'percent':
        return (
          downloadTotal > 0 &&
          downloaded * 100 >= downloadTotal * trigger.percent
        );
      case 'time': {
        const at = (acceptedAt ?? openedAt) + trigger.ms;
        if (this.#now() >= at) return true;
        this.#nextAt = Math.min(this.#nextAt, at);
        return false;
      }
      default:
        return false;
    }
  }
}

const isAbort = (rule: Rule): boolean =>
  rule.enabled !== false && nativeEffectOf(rule).action?.type === 'abort';

/** The first that fits the fetch, if it aborts. */
function findRule(
  {rules = [], seed = NEUTRAL.seed}: ConditionsFile,
  {id, records, scope}: FetchState,
): AbortRule | undefined {
  const index = createMatcher(rules, createDice(seed), scope).find({
    isCall: false,
    requests: records.map(({request}) => request),
    fetchId: id,
    attempt: 1,
  });
  const rule = index === undefined ? undefined : rules[index];
  return rule === undefined || index === undefined || !isAbort(rule)
    ? undefined
    : {index, rule};
}
