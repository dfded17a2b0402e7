import {
  ConditionsError,
  ownField,
  parseFields,
  parseFlag,
  parseList,
  parseNumber,
  parseOptional,
  parseText,
  parseWord,
  type Fields,
} from '../parsing.js';
import {parseBytes, parseEffect, parseMs} from './parse-effect.js';
import {
  EFFECTS,
  type AttemptMatch,
  type EffectType,
  type Rule,
  type RuleMatch,
  type Trigger,
  type TriggerType,
} from './rule.js';
import {compileUrl} from './url-pattern.js';

/** More would make each attempt slow, and be read by nobody. */
export const MAX_RULES = 1_000;

/** Reads rules; all of them, or none. Throws a ConditionsError. */
export function parseRules(input: unknown, where = 'rules'): readonly Rule[] {
  return parseList(input, where, MAX_RULES, parseRule);
}

/** Reads one rule. Throws a ConditionsError. */
export function parseRule(input: unknown, where = 'rule'): Rule {
  const known = ['name', 'enabled', 'match', 'trigger', 'effect'];
  const fields = parseFields(input, where, known);
  const effect = parseEffect(fields['effect'], `${where}.effect`);
  return {
    ...parseOptional(fields, where, {
      name: (name, at) => parseText(name, at),
      enabled: parseFlag,
      match: parseMatch,
      trigger: (trigger, at) => parseTrigger(trigger, at, effect.type),
    }),
    effect,
  };
}

const parseCount = (input: unknown, where: string, min: number): number =>
  parseNumber(input, where, {min, max: 1e6, isWhole: true});

const MATCH = {
  url: parseUrl,
  fetchId: (id: unknown, at: string) => parseText(id, at),
  record: (record: unknown, at: string) => parseCount(record, at, 0),
  method: parseMethod,
  attempt: parseAttempt,
  probability: parseProbability,
};

function parseMatch(input: unknown, where: string): RuleMatch {
  const fields = parseFields(input, where, Object.keys(MATCH));
  return parseOptional(fields, where, MATCH);
}

function parseUrl(input: unknown, where: string): string {
  const url = parseText(input, where);
  compileUrl(url, where);
  return url;
}

function parseProbability(input: unknown, where: string): number {
  return parseNumber(input, where, {min: 0, max: 1});
}

function parseMethod(input: unknown, where: string): string {
  const method = parseText(input, where, 100);
  if (/^[!#$%&'*+.^_`|~\w-]+$/.test(method)) return method;
  throw new ConditionsError(where, 'no request can have this method.');
}

function parseAttempt(input: unknown, where: string): AttemptMatch {
  const {first, every} = parseFields(input, where, ['first', 'every']);
  if ((first === undefined) === (every === undefined)) {
    throw new ConditionsError(where, 'expected either first or every.');
  }
  return first === undefined
    ? {every: parseCount(every, `${where}.every`, 1)}
    : {first: parseCount(first, `${where}.first`, 1)};
}

const TRIGGER_FIELDS: Readonly<Record<TriggerType, readonly string[]>> = {
  call: [],
  request: [],
  headers: [],
  byte: ['byte', 'of'],
  percent: ['percent'],
  time: ['ms'],
  end: [],
};
/** The names of all triggers. */
export const TRIGGERS = Object.keys(TRIGGER_FIELDS) as readonly TriggerType[];

function parseTrigger(
  input: unknown,
  where: string,
  effect: EffectType,
): Trigger {
  const at = parseWord(ownField(input, 'at'), `${where}.at`, TRIGGERS);
  if (!EFFECTS[effect].includes(at)) {
    throw new ConditionsError(
      `${where}.at`,
      `${effect} cannot come at ${at}, only at ${EFFECTS[effect].join(', ')}.`,
    );
  }
  return readTrigger(
    at,
    parseFields(input, where, ['at', ...TRIGGER_FIELDS[at]]),
    where,
  );
}

function readTrigger(
  at: TriggerType,
  {byte, of, percent, ms}: Fields,
  where: string,
): Trigger {
  switch (at) {
    case 'byte':
      return {
        at,
        byte: parseBytes(byte, `${where}.byte`),
        ...(of === undefined
          ? {}
          : {of: parseWord(of, `${where}.of`, ['attempt'])}),
      };
    case 'percent':
      return {
        at,
        percent: parseNumber(percent, `${where}.percent`, {
          min: 0,
          max: 100,
          unit: 'percent',
        }),
      };
    case 'time':
      return {at, ms: parseMs(ms, `${where}.ms`)};
    default:
      return {at};
  }
}
