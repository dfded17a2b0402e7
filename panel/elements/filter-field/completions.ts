import {
  FETCH_ROUTES,
  SOURCE_KINDS,
} from '../../../inspector-core/protocol/protocol.js';
import {FILTER_KEYS, FILTER_STATES} from '../../filter/filter.js';
import {failureReasons} from '../../strings.js';

const VALUES: Readonly<Record<string, readonly string[]>> = {
  is: FILTER_STATES,
  status: ['2xx', '206', '404', '4xx', '5xx'],
  method: ['get', 'post', 'put'],
  reason: Object.keys(failureReasons),
  route: FETCH_ROUTES,
  source: SOURCE_KINDS,
  type: ['call', 'registration', 'response', 'event', 'wait-until', 'attempt'],
  'larger-than': ['100k', '1M', '10M'],
};

/** What the last word may become. */
export function completions(text: string): readonly string[] {
  const word = text.slice(text.lastIndexOf(' ') + 1).replace(/^-/, '');
  if (word === '') return [];
  const colon = word.indexOf(':');
  if (colon === -1) {
    return FILTER_KEYS.filter((key) => key.startsWith(word.toLowerCase())).map(
      (key) => `${key}:`,
    );
  }
  const key = word.slice(0, colon);
  const value = word.slice(colon + 1).toLowerCase();
  const known = Object.hasOwn(VALUES, key) ? (VALUES[key] ?? []) : [];
  return known
    .filter((each) => each.startsWith(value) && each !== value)
    .map((each) => `${key}:${each}`);
}
