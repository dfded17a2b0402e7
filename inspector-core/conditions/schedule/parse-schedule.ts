import {
  ConditionsError,
  parseFields,
  parseFlag,
  parseList,
  parseNumber,
  parseOptional,
  parseText,
  type Fields,
} from '../parsing.js';
import {parseProfile} from '../profile/parse-profile.js';
import {parseMs} from '../rules/parse-effect.js';
import type {Phase, PhaseStart, Schedule} from './schedule.js';

const MAX_PHASES = 1_000;
/** Milliseconds of a phase: more often would be noise. */
export const SHORTEST = 10;

/** Reads a schedule. Throws a ConditionsError. */
export function parseSchedule(input: unknown, where = 'schedule'): Schedule {
  const {name, phases} = parseFields(input, where, ['name', 'phases']);
  return {
    name: parseText(name, `${where}.name`),
    phases: parseList(phases, `${where}.phases`, MAX_PHASES, parsePhase),
  };
}

function parsePhase(input: unknown, where: string): Phase {
  const known = ['from', 'for', 'every', 'spread', 'profile', 'offline'];
  const fields = parseFields(input, where, known);
  return {
    from: parseStart(fields['from'], `${where}.from`),
    ...parseTimes(fields, where),
    ...parseOptional(fields, where, {profile: keepName, offline: parseFlag}),
  };
}

/** A preset stays a name: the file is read by people. */
function keepName(input: unknown, where: string): Phase['profile'] & {} {
  const profile = parseProfile(input, where);
  return typeof input === 'string' ? input : profile;
}

function parseStart(input: unknown, where: string): PhaseStart {
  const {ms, percent} = parseFields(input, where, ['ms', 'percent']);
  if ((ms === undefined) === (percent === undefined)) {
    throw new ConditionsError(where, 'expected either ms or percent.');
  }
  if (percent === undefined) return {ms: parseMs(ms, `${where}.ms`)};
  const range = {min: 0, max: 100, unit: 'percent'};
  return {percent: parseNumber(percent, `${where}.percent`, range)};
}

const parseLength = (input: unknown, where: string): number =>
  parseMs(input, where, SHORTEST);

function parseTimes(
  fields: Fields,
  where: string,
): Pick<Phase, 'for' | 'every' | 'spread'> {
  const times = parseOptional(fields, where, {
    for: parseLength,
    every: parseLength,
    spread: (spread, at) => parseMs(spread, at),
  });
  if (times.every === undefined) return times;
  if (times.for === undefined) {
    throw new ConditionsError(
      `${where}.for`,
      'expected the milliseconds that each of these phases lasts.',
    );
  }
  if (times.for + (times.spread ?? 0) <= times.every) return times;
  throw new ConditionsError(
    `${where}.every`,
    'the next one would begin before this is over. Raise it to at least for + spread.',
  );
}
