import type {FailureReason} from '../../platform/background-fetch.js';
import {
  ConditionsError,
  fieldOf,
  ownField,
  parseFields,
  parseNumber,
  parseText,
  parseWord,
  show,
  type Fields,
} from '../parsing.js';
import {parseLink} from '../profile/parse-profile.js';
import {EFFECT_TYPES, type Effect, type EffectType} from './rule.js';

const MAX_MS = 7 * 24 * 3_600_000;
const MAX_BYTES = Number.MAX_SAFE_INTEGER;
/** More is taken by hardly any server. */
const LONGEST_HEADER = 8_000;

const REASONS: readonly FailureReason[] = [
  'aborted',
  'bad-status',
  'fetch-error',
  'quota-exceeded',
  'download-total-exceeded',
];

/** Milliseconds, up to a week. */
export function parseMs(input: unknown, where: string, min = 0): number {
  return parseNumber(input, where, {min, max: MAX_MS, unit: 'milliseconds'});
}

/** A whole number of bytes. */
export function parseBytes(input: unknown, where: string, min = 0): number {
  return parseNumber(input, where, {
    min,
    max: MAX_BYTES,
    unit: 'bytes',
    isWhole: true,
  });
}

function parseHeaders(
  input: unknown,
  where: string,
): Readonly<Record<string, string>> {
  const fields = parseFields(input, where, Object.keys(Object(input)));
  const probe = new Headers();
  const parse = ([name, value]: readonly [string, unknown]) => {
    const place = fieldOf(where, name);
    if (typeof value !== 'string' || value.length > LONGEST_HEADER) {
      throw new ConditionsError(
        place,
        `expected text of at most ${LONGEST_HEADER} characters, got ` +
          `${show(value)}. An empty one takes the header away.`,
      );
    }
    try {
      probe.set(name, value);
    } catch {
      throw new ConditionsError(
        place,
        `no header can have this name and the value ${show(value)}.`,
      );
    }
    return [name, value] as const;
  };
  // Not by assignment: a header may be called `__proto__`.
  return Object.fromEntries(Object.entries(fields).map(parse));
}

function parseShift(input: unknown, where: string): number {
  const by = parseNumber(input, where, {
    min: -MAX_BYTES,
    max: MAX_BYTES,
    unit: 'bytes',
    isWhole: true,
  });
  if (by !== 0) return by;
  throw new ConditionsError(
    where,
    '0 bytes change nothing. Name another number.',
  );
}

/** An absolute URL that a request may be redirected to, in its normal form. */
function parseTarget(input: unknown, where: string): string {
  const text = parseText(input, where);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url?.username === '' && url.password === '';
  if (isPlain && /^https?:$/.test(url.protocol)) return url.href;
  throw new ConditionsError(
    where,
    `${show(text)} is no absolute http: or https: URL without credentials.`,
  );
}

interface Shape {
  readonly fields: readonly string[];
  readonly parse: (fields: Fields, where: string) => Effect;
}

const plain = (type: EffectType): Shape => ({
  fields: [],
  // Of those that have no fields, the name is all.
  parse: () => ({type}) as Effect,
});

const SHAPES: Readonly<Record<EffectType, Shape>> = {
  fail: {
    fields: ['reason'],
    parse: ({reason}, where) => ({
      type: 'fail',
      reason: parseWord(reason, `${where}.reason`, REASONS),
    }),
  },
  status: {
    fields: ['status'],
    parse: ({status}, where) => ({
      type: 'status',
      // What no script can make: 1xx never reaches one, and 0 is network-error.
      status: parseNumber(status, `${where}.status`, {
        min: 200,
        max: 599,
        isWhole: true,
      }),
    }),
  },
  'network-error': plain('network-error'),
  drop: plain('drop'),
  stall: {
    fields: ['ms', 'next'],
    parse: ({ms, next}, where) => ({
      type: 'stall',
      ...(ms === undefined ? {} : {ms: parseMs(ms, `${where}.ms`)}),
      ...(next === undefined
        ? {}
        : {next: parseWord(next, `${where}.next`, ['drop'])}),
    }),
  },
  truncate: plain('truncate'),
  'wrong-length': {
    fields: ['by'],
    parse: ({by}, where) => ({
      type: 'wrong-length',
      by: parseShift(by, `${where}.by`),
    }),
  },
  'wrong-range': {
    fields: ['by'],
    parse: ({by}, where) => ({
      type: 'wrong-range',
      by: parseShift(by, `${where}.by`),
    }),
  },
  'refuse-range': plain('refuse-range'),
  etag: {
    fields: ['etag'],
    parse: ({etag}, where) => ({
      type: 'etag',
      ...(etag === undefined ? {} : {etag: parseText(etag, `${where}.etag`)}),
    }),
  },
  headers: {
    fields: ['headers'],
    parse: ({headers}, where) => ({
      type: 'headers',
      headers: parseHeaders(headers, `${where}.headers`),
    }),
  },
  redirect: {
    fields: ['to'],
    parse: ({to}, where) => ({
      type: 'redirect',
      to: parseTarget(to, `${where}.to`),
    }),
  },
  'redirect-loop': plain('redirect-loop'),
  offline: {
    fields: ['ms'],
    parse: ({ms}, where) => ({
      type: 'offline',
      ms: parseMs(ms, `${where}.ms`, 1),
    }),
  },
  throttle: {
    fields: ['download', 'upload', 'latency', 'jitter', 'loss'],
    parse: (fields, where) => ({type: 'throttle', ...parseLink(fields, where)}),
  },
  slice: {
    fields: ['size', 'variation', 'delay'],
    parse: ({size, variation, delay}, where) => ({
      type: 'slice',
      size: parseBytes(size, `${where}.size`, 1),
      ...(variation === undefined
        ? {}
        : {variation: parseBytes(variation, `${where}.variation`)}),
      delay: parseMs(delay, `${where}.delay`),
    }),
  },
  'permission-denied': plain('permission-denied'),
  'too-many-fetches': plain('too-many-fetches'),
  'quota-exceeded': plain('quota-exceeded'),
  'storage-error': plain('storage-error'),
  'worker-killed': plain('worker-killed'),
  'browser-restarted': plain('browser-restarted'),
};

/** Reads what a rule does. Throws a ConditionsError. */
export function parseEffect(input: unknown, where: string): Effect {
  const type = parseWord(
    ownField(input, 'type'),
    `${where}.type`,
    EFFECT_TYPES,
  );
  const {fields, parse} = SHAPES[type];
  return parse(parseFields(input, where, ['type', ...fields]), where);
}
