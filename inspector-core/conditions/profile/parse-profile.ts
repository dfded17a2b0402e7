import {
  ConditionsError,
  parseFields,
  parseFlag,
  parseNumber,
  parseOptional,
  parseText,
  show,
} from '../parsing.js';
import {findPreset, PRESETS} from './presets.js';
import type {NetworkProfile, PacketLoss} from './profile.js';

/** Bytes per second; more than any browser reads. */
export const MAX_RATE = 1e11;
/** Milliseconds. */
export const MAX_LATENCY = 600_000;
const MAX_STALL = 60_000;

const FIELDS = [
  'name',
  'download',
  'upload',
  'latency',
  'jitter',
  'loss',
  'offline',
];

function parseRate(input: unknown, where: string): number {
  return parseNumber(input, where, {
    min: 1,
    max: MAX_RATE,
    unit: 'bytes per second',
    belowMin:
      'To have no bytes come at all, set offline to true; to have no limit, ' +
      'leave the field out.',
  });
}

function parseLoss(input: unknown, where: string): PacketLoss {
  const fields = parseFields(input, where, ['rate', 'stall']);
  const rate = parseNumber(fields['rate'], `${where}.rate`, {
    min: 0,
    max: 0.99,
    unit: 'packets lost of each one sent',
  });
  if (fields['stall'] === undefined) return {rate};
  const stall = parseNumber(fields['stall'], `${where}.stall`, {
    min: 1,
    max: MAX_STALL,
    unit: 'milliseconds',
  });
  return {rate, stall};
}

/** Reads what a link is like, apart from its name. Throws a ConditionsError. */
export function parseLink(
  fields: Readonly<Record<string, unknown>>,
  where: string,
): Omit<NetworkProfile, 'name' | 'offline'> {
  const {latency} = parseOptional(fields, where, {latency: parseLatency});
  return parseOptional(fields, where, {
    download: parseRate,
    upload: parseRate,
    latency: parseLatency,
    jitter: (jitter, at) => parseJitter(jitter, at, latency ?? 0),
    loss: parseLoss,
  });
}

function parseLatency(input: unknown, where: string): number {
  const range = {min: 0, max: MAX_LATENCY, unit: 'milliseconds'};
  return parseNumber(input, where, range);
}

function parseJitter(input: unknown, where: string, latency: number): number {
  const jitter = parseNumber(input, where, {
    min: 0,
    max: MAX_LATENCY,
    unit: 'milliseconds',
  });
  if (jitter <= latency) return jitter;
  throw new ConditionsError(
    where,
    `${jitter} ms is more than the latency of ${latency} ms, so that some ` +
      'answers would come before they were asked for. Raise the latency.',
  );
}

/** Reads a profile, or a preset's name. Throws a ConditionsError. */
export function parseProfile(
  input: unknown,
  where = 'profile',
): NetworkProfile {
  if (typeof input === 'string') {
    const preset = findPreset(input);
    if (preset !== undefined) return preset;
    const names = PRESETS.map(({name}) => name).join(', ');
    throw new ConditionsError(
      where,
      `there is no preset ${show(input)}. Those there are: ${names}.`,
    );
  }
  const fields = parseFields(input, where, FIELDS);
  return {
    name: parseText(fields['name'], `${where}.name`),
    ...parseLink(fields, where),
    ...(fields['offline'] === undefined
      ? {}
      : {offline: parseFlag(fields['offline'], `${where}.offline`)}),
  };
}
