/** Who carries a fetch out: the browser, or the engine in the service worker. */
export const FETCH_ROUTES = ['native', 'emulated'] as const;
export type FetchRoute = (typeof FETCH_ROUTES)[number];

/** What was asked for; `auto`: native where it exists and does what is wanted. */
export type RouteSetting = FetchRoute | 'auto';

/** Every route setting, in the order in which they are offered. */
export const ROUTE_SETTINGS = ['auto', 'native', 'emulated'] as const;

/**
 * Why a fetch got its route: it was set, the browser has no such API, it is
 * under conditions, or nothing spoke against the browser's own.
 */
export const ROUTE_REASONS = [
  'setting',
  'no-native',
  'conditions',
  'default',
] as const;
export type RouteReason = (typeof ROUTE_REASONS)[number];

/** Which implementation a fetch gets, and why. */
export interface RouteChoice {
  readonly route: FetchRoute;
  readonly why: RouteReason;
}
