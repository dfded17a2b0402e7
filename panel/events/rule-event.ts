import type {Rule} from '../../inspector-core/protocol/protocol.js';

/** A rule's form is done: with the rule, or given up without one. */
export class RuleEvent extends Event {
  readonly rule: Rule | undefined;

  constructor(rule: Rule | undefined) {
    super('bgf-rule', {bubbles: true, composed: true});
    this.rule = rule;
  }
}

declare global {
  interface HTMLElementEventMap {
    'bgf-rule': RuleEvent;
  }
}
