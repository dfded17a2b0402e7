/** Network profiles of the user's own, kept by their names. */
import {ConditionsError} from '../../inspector-core/conditions/parsing.js';
import {parseProfile} from '../../inspector-core/conditions/profile/parse-profile.js';
import {findPreset} from '../../inspector-core/conditions/profile/presets.js';
import type {NetworkProfile} from '../../inspector-core/protocol/protocol.js';

/** More than anybody finds in a list. */
const MOST = 50;

/** Reads a profile that is to be kept. Throws a ConditionsError. */
export function parseOwnProfile(input: unknown): NetworkProfile {
  const profile = parseProfile(input);
  if (findPreset(profile.name) === undefined) return profile;
  throw new ConditionsError(
    'profile.name',
    `${profile.name} is a preset. Choose another name.`,
  );
}

/** What was kept, without what cannot be read. */
export function readProfiles(stored: unknown): readonly NetworkProfile[] {
  if (!Array.isArray(stored)) return [];
  return stored.slice(0, MOST).flatMap((each) => {
    try {
      return [parseOwnProfile(each)];
    } catch {
      return [];
    }
  });
}

/** With one more; one of its name is replaced, and the oldest makes room. */
export const saveProfile = (
  profiles: readonly NetworkProfile[],
  profile: NetworkProfile,
): readonly NetworkProfile[] =>
  [...forgetProfile(profiles, profile.name), profile].slice(-MOST);

export const forgetProfile = (
  profiles: readonly NetworkProfile[],
  name: string,
): readonly NetworkProfile[] => profiles.filter((each) => each.name !== name);
