import type {ConditionsFile} from '../../inspector-core/protocol/protocol.js';
import {formatBytes} from './bytes.js';
import {formatPlural} from './number.js';

/** What is simulated, in a line. */
export function formatConditions(conditions: ConditionsFile): string {
  const {
    profile,
    offline,
    rules = [],
    schedule,
    permission,
    quota,
  } = conditions;
  const parts: string[] = [];
  if (profile !== undefined) {
    parts.push(typeof profile === 'string' ? profile : profile.name);
  }
  if (offline === true) parts.push('offline');
  if (rules.length > 0) parts.push(formatPlural(rules.length, 'rule'));
  if (schedule !== undefined) parts.push(schedule.name);
  if (permission !== undefined) parts.push(`permission ${permission}`);
  if (quota !== undefined) parts.push(`room for ${formatBytes(quota)}`);
  return parts.length === 0 ? 'Nothing is simulated' : parts.join(', ');
}
