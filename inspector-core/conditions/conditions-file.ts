import {
  ConditionsError,
  parseFields,
  parseFlag,
  parseNumber,
  parseOptional,
  parseWord,
  show,
} from './parsing.js';
import {parseProfile} from './profile/parse-profile.js';
import {NO_THROTTLING, type NetworkProfile} from './profile/profile.js';
import {MAX_SEED} from './random/dice.js';
import {parseBytes} from './rules/parse-effect.js';
import {parseRules} from './rules/parse-rules.js';
import type {Rule} from './rules/rule.js';
import {parseSchedule} from './schedule/parse-schedule.js';
import type {Schedule} from './schedule/schedule.js';

export const CONDITIONS_VERSION = 1;

/** Whether all fetches share a link, or each has its own. */
export type LinkSharing = 'shared' | 'per-fetch';

/** What is set: it can be stored, sent, and read by people. */
export interface Settings {
  /** All chance comes from it: a whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  readonly profile: NetworkProfile;
  readonly offline: boolean;
  readonly links: LinkSharing;
  readonly rules: readonly Rule[];
  readonly schedule?: Schedule;
  /** What the user is taken to have allowed; absent: what they did. */
  readonly permission?: Permission;
  /** Bytes that the origin may still store; absent: as many as there is room for. */
  readonly quota?: number;
}

/** States of the `background-fetch` permission. */
export const PERMISSIONS = ['granted', 'prompt', 'denied'] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Settings as JSON; what is left out is neutral. */
export interface ConditionsFile extends Partial<Omit<Settings, 'profile'>> {
  readonly version: typeof CONDITIONS_VERSION;
  /** Or a preset's name. */
  readonly profile?: NetworkProfile | string;
}

/** As if there were no conditions. */
export const NEUTRAL: Settings = {
  seed: 1,
  profile: NO_THROTTLING,
  offline: false,
  links: 'shared',
  rules: [],
};

export function parseSeed(input: unknown, where = 'seed'): number {
  const range = {min: 0, max: MAX_SEED, isWhole: true};
  return parseNumber(input, where, range);
}

export function parseLinks(input: unknown, where = 'links'): LinkSharing {
  return parseWord(input, where, ['shared', 'per-fetch']);
}

const parsePermission = (input: unknown, where: string): Permission =>
  parseWord(input, where, PERMISSIONS);

const parseQuota = (input: unknown, where: string): number =>
  parseBytes(input, where);

const PARSERS = {
  seed: parseSeed,
  profile: parseProfile,
  offline: parseFlag,
  links: parseLinks,
  rules: parseRules,
  schedule: parseSchedule,
  permission: parsePermission,
  quota: parseQuota,
};

const FIELDS = ['version', ...Object.keys(PARSERS)];

/**
 * Reads settings; what is left out is neutral. Throws a ConditionsError that
 * names the place, and the remedy.
 */
export function parseSettings(input: unknown, where = 'conditions'): Settings {
  const fields = parseFields(input, where, FIELDS);
  return {...NEUTRAL, ...parseOptional(fields, where, PARSERS)};
}

/** Reads a file of settings, which says what version it is of. */
export function parseConditionsFile(
  input: unknown,
  where = 'conditions',
): Settings {
  const {version} = parseFields(input, where, FIELDS);
  if (version === CONDITIONS_VERSION) return parseSettings(input, where);
  throw new ConditionsError(
    `${where}.version`,
    typeof version === 'number' && version > CONDITIONS_VERSION
      ? `${show(version)} is newer than ${CONDITIONS_VERSION}, which is the ` +
          'newest that is known here. Update Background Fetch Inspector.'
      : `expected ${CONDITIONS_VERSION}, got ${show(version)}.`,
  );
}
