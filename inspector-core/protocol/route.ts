/** Who carries a fetch out: the browser, or the engine in the service worker. */
export type FetchRoute = 'native' | 'emulated';

/** What was asked for; `auto`: native where it exists and does what is wanted. */
export type RouteSetting = FetchRoute | 'auto';

/** Every route setting, in the order in which they are offered. */
export const ROUTE_SETTINGS = ['auto', 'native', 'emulated'] as const;

/**
 * Why a fetch got its route: it was set, the browser has no such API, or
 * nothing spoke against the browser's own.
 */
export type RouteReason = 'setting' | 'no-native' | 'default';
