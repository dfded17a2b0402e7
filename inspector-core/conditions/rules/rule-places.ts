import {textOf} from '../is-same.js';
import type {Rule} from './rule.js';

/**
 * Where rules are in a list, told by what they say: lists are set as a whole,
 * and a rule that is in the next one, too, is the same rule.
 */
export class RulePlaces {
  readonly #rules: readonly Rule[];
  #byText: ReadonlyMap<string, number> | undefined;

  constructor(rules: readonly Rule[]) {
    this.#rules = rules;
  }

  /**
   * Undefined if it is not in the list.
   *
   * @param before its place in another list: it may be there still, beside one
   *   that says the same
   */
  find(rule: Rule, before: number): number | undefined {
    const text = textOf(rule);
    if (textOf(this.#rules[before]) === text) return before;
    // Of those that say the same, the first.
    this.#byText ??= new Map(
      this.#rules
        .map((each, place) => [textOf(each), place] as const)
        .toReversed(),
    );
    return this.#byText.get(text);
  }
}
