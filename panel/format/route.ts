import type {FetchState} from '../../inspector-core/projections/fetch-state.js';
import type {
  RouteChoice,
  RouteReason,
} from '../../inspector-core/protocol/protocol.js';

const REASONS: Readonly<Record<RouteReason, string>> = {
  setting: 'the route was set so',
  'no-native': 'this browser has no Background Fetch of its own',
  conditions: 'conditions apply to it',
  default: 'nothing asked for another route',
};

/** `emulated: the route was set so` */
export function formatRoute({
  route,
  routedBecause,
}: Pick<FetchState, 'route' | 'routedBecause'>): string {
  if (routedBecause !== undefined) return `${route}: ${REASONS[routedBecause]}`;
  return route === 'emulated'
    ? 'emulated: why is not known, fetch() was not seen'
    : route;
}

/** The same of a call, as far as it is more than what goes without saying. */
export const formatRouted = (routed: RouteChoice | undefined): string =>
  routed === undefined || routed.why === 'default'
    ? ''
    : `, ${formatRoute({route: routed.route, routedBecause: routed.why})}`;
