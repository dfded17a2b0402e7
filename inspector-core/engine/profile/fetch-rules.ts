import type {
  MatchedRequest,
  MatchOptions,
} from '../algorithms/request-matches-cached-item.js';
import type {ResponseHead} from '../algorithms/response-head.js';

/** What a `fetch()` may be refused for once its arguments are good. */
export type FetchCheck = 'permission' | 'worker' | 'id' | 'space' | 'limit';

/** How the fetches of an origin stand beside each other, and what of them is seen. */
export interface FetchRules {
  /** In the order in which they are made. */
  readonly checks: readonly FetchCheck[];
  /** So many fetches at most: of the check "limit". */
  readonly most: number;
  /** What a `fetch()` without permission is rejected with. */
  readonly denial: (message: string) => Error;
  /** Whether a fetch waits for the one before it to end. */
  readonly oneAtATime: boolean;
  /** Milliseconds between two `progress` events of a fetch. */
  readonly progressInterval: number;
  /** Whether what is not yet told of progress is told before a result. */
  readonly tellsLastProgress: boolean;
  /** Whether a query finds a record. */
  readonly matches: (
    query: MatchedRequest,
    request: MatchedRequest,
    response: ResponseHead | undefined,
    options: MatchOptions,
  ) => boolean;
  /** Whether a response is given out while its body still comes. */
  readonly streams: boolean;
  /** Whether a record's request has its body still when it has a response. */
  readonly keepsSentBodies: boolean;
}
