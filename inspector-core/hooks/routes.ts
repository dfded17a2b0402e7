import type {RouteChoice} from '../protocol/protocol.js';

/** What an engine beside the browser's own API tells the hooks of itself. */
export interface Routes {
  /** Which way a `fetch()` with these arguments goes now. */
  choose(call: readonly unknown[]): RouteChoice;
  /** Whether the engine made a registration. */
  isEmulated(registration: unknown): boolean;
  /** Whether the engine fired an event; scripts can make such events, too. */
  isFired(event: unknown): boolean;
}
