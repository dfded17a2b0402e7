import {NO_THROTTLING} from '../../inspector-core/conditions/profile/profile.js';
import type {ConditionsFile} from '../../inspector-core/protocol/protocol.js';
import {formatBytes} from './bytes.js';
import {formatPlural} from './number.js';
import {formatLink} from './rule.js';
import {visibleText} from './visible-text.js';

/** What is simulated, in a line. */
export function formatConditions(conditions: ConditionsFile): string {
  const {
    profile = NO_THROTTLING,
    offline,
    rules = [],
    schedule,
    permission,
    quota,
  } = conditions;
  const parts: string[] = [];
  if (typeof profile === 'string') parts.push(profile);
  else if (profile.name !== NO_THROTTLING.name) {
    const link = formatLink(profile);
    const name = visibleText(profile.name, 80);
    parts.push(link === '' ? name : `${name} (${link})`);
  }
  if (offline === true) parts.push('offline');
  const acting = rules.filter(({enabled}) => enabled !== false).length;
  if (acting > 0) parts.push(formatPlural(acting, 'rule'));
  if (schedule !== undefined) parts.push(visibleText(schedule.name, 80));
  if (permission !== undefined) parts.push(`permission ${permission}`);
  if (quota !== undefined) parts.push(`room for ${formatBytes(quota)}`);
  return parts.length === 0 ? 'Nothing is simulated' : parts.join(', ');
}
