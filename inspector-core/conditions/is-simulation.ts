import type {ConditionsFile} from './conditions-file.js';
import {findPreset, NO_THROTTLING} from './profile/presets.js';
import {isNeutral} from './profile/profile.js';

/** Whether anything is simulated by what is set: a warning belongs beside it. */
export function isSimulation({
  profile = NO_THROTTLING,
  offline = false,
  rules = [],
  schedule,
  permission,
  quota,
}: Omit<ConditionsFile, 'version'>): boolean {
  const link = typeof profile === 'string' ? findPreset(profile) : profile;
  return (
    offline ||
    schedule !== undefined ||
    permission !== undefined ||
    quota !== undefined ||
    (link !== undefined && !isNeutral(link)) ||
    rules.some(({enabled}) => enabled !== false)
  );
}
