import {parseRule} from '../../inspector-core/conditions/rules/parse-rules.js';
import {
  EFFECTS,
  triggerOf,
} from '../../inspector-core/conditions/rules/rule.js';
import type {
  EffectType,
  Rule,
  TriggerType,
} from '../../inspector-core/protocol/protocol.js';
import {
  fillIn,
  putAt,
  readForm,
  textsOf,
  type FormField,
  type FormReading,
  type Texts,
} from './form-values.js';
import {
  ATTEMPT_FIELDS,
  EFFECT_FIELDS,
  MATCH_FIELDS,
  NAME_FIELD,
  TRIGGER_FIELDS,
  type AttemptKind,
} from './rule-fields.js';

/** A rule as its form has it. */
export interface RuleDraft {
  readonly effect: EffectType;
  readonly trigger: TriggerType;
  readonly attempt: AttemptKind;
  readonly isEnabled: boolean;
  readonly texts: Texts;
}

/** What a form has at the beginning. */
export const NEW_RULE: Rule = {
  match: {attempt: {first: 1}},
  effect: {type: 'status', status: 503},
};

/** The fields that a draft has, as far as it goes. */
export const fieldsOf = ({
  effect,
  trigger,
  attempt,
}: Pick<RuleDraft, 'effect' | 'trigger' | 'attempt'>) => ({
  name: [NAME_FIELD],
  match: MATCH_FIELDS,
  attempt: ATTEMPT_FIELDS[attempt],
  trigger: TRIGGER_FIELDS[trigger],
  effect: EFFECT_FIELDS[effect],
});

const allFields = (draft: Parameters<typeof fieldsOf>[0]): FormField[] =>
  Object.values(fieldsOf(draft)).flat();

/** Another effect can come at other moments. */
export function withEffect(draft: RuleDraft, effect: EffectType): RuleDraft {
  const triggers = EFFECTS[effect];
  const trigger = triggers.includes(draft.trigger)
    ? draft.trigger
    : (triggers[0] ?? 'request');
  return {...draft, effect, trigger};
}

export function draftOf(rule: Rule): RuleDraft {
  const attempt = rule.match?.attempt ?? {};
  const kinds = {
    effect: rule.effect.type,
    trigger: triggerOf(rule).at,
    attempt:
      'first' in attempt ? 'first' : 'every' in attempt ? 'every' : 'any',
  } as const;
  return {
    ...kinds,
    isEnabled: rule.enabled !== false,
    texts: textsOf(allFields(kinds), rule),
  };
}

/** What a draft says so far: a rule, or why it is none, and where. */
export function readDraft(draft: RuleDraft): FormReading<Rule> {
  const fields = allFields(draft);
  const tree: Record<string, unknown> = {};
  if (!draft.isEnabled) tree['enabled'] = false;
  putAt(tree, 'effect.type', draft.effect);
  // The first is taken where none is named: it reads shorter.
  if (draft.trigger !== EFFECTS[draft.effect][0]) {
    putAt(tree, 'trigger.at', draft.trigger);
  }
  // So that one without its number is refused, instead of being for all.
  if (draft.attempt !== 'any')
    putAt(tree, `match.attempt.${draft.attempt}`, '');
  fillIn(tree, fields, draft.texts);
  return readForm(() => parseRule(tree), 'rule', fields);
}
