import {
  nativeEffectOf,
  type NativeAction,
} from '../../../inspector-core/conditions/native-support.js';
import type {
  Rule,
  RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import {formatCount, formatPlural} from '../../format/format.js';

/** What came of a rule, and what would have come of it before. */
export interface RuleCounts {
  readonly rule: Rule;
  readonly route: RouteSetting;
  /** How often it fired. */
  readonly times: number;
  /** How many requests of the log it fits. */
  readonly past: number;
}

/** `fired 2× · fits 3 requests in the log`; where nobody counts, why. */
export function formatRuleCounts({
  rule,
  route,
  times,
  past,
}: RuleCounts): string {
  const uncounted = route === 'native' ? nativeText(rule) : undefined;
  const none = uncounted === undefined ? ['has not fired'] : [];
  return [
    ...(times === 0 ? none : [`fired ${formatCount(times)}×`]),
    ...(uncounted === undefined ? [] : [uncounted]),
    past === 0
      ? 'fits nothing in the log'
      : `fits ${formatPlural(past, 'request')} in the log`,
  ].join(' · ');
}

/** Why a rule is not counted on the browser's own route; undefined: it is. */
function nativeText(rule: Rule): string | undefined {
  const {action} = nativeEffectOf(rule);
  if (action === undefined) return 'nothing comes of it on the native route';
  return isCounted(action)
    ? undefined
    : 'Chrome does not tell how often it acts on the native route';
}

/** What is brought about by ourselves, and not by Chrome. */
const isCounted = ({type}: NativeAction): boolean =>
  type === 'reject' || type === 'abort';
