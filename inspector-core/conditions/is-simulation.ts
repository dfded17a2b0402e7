import type {ConditionsFile} from './conditions-file.js';
import {isNeutral, NO_THROTTLING} from './profile/profile.js';

/** Whether anything is simulated by what is set: a warning belongs beside it. */
export function isSimulation({
  profile = NO_THROTTLING,
  offline = false,
  rules = [],
  schedule,
  permission,
  quota,
}: Omit<ConditionsFile, 'version'>): boolean {
  // All other presets shape the traffic.
  const hasLink =
    typeof profile === 'string'
      ? profile !== NO_THROTTLING.name
      : !isNeutral(profile);
  return (
    offline ||
    schedule !== undefined ||
    permission !== undefined ||
    quota !== undefined ||
    hasLink ||
    rules.some(({enabled}) => enabled !== false)
  );
}
