import type {ResponseHead} from '../algorithms/response-head.js';
import type {StoredRequest} from '../storage/fetch-storage.js';

/** What the realm of a `fetch()` is. */
export interface CallingRealm {
  readonly hasActiveWorker: boolean;
}

/** How a realm's objects look, and what they refuse. */
export interface SurfaceRules {
  /** Throws what a `fetch()` is refused for before its requests are seen. */
  readonly admitCall: (realm: CallingRealm) => void;
  /** Throws what one of its requests is refused for before it is copied. */
  readonly admitSource: (source: RequestInfo) => void;
  /** Throws what one of its requests is refused for. */
  readonly admitRequest: (request: Request) => void;
  /** Whether an icon has a `label` that can be told. */
  readonly readsIconLabels: boolean;
  /** Whether a URL that the page's policy forbids is refused, or fails later. */
  readonly refusesForbidden: boolean;
  /** What a request is made before it is stored. */
  readonly prepare: (
    request: Omit<StoredRequest, 'bodyLength'>,
  ) => Omit<StoredRequest, 'bodyLength'>;
  /** Whether each `get()`, and each event, brings another object. */
  readonly isNewEachTime: boolean;
  readonly showIds: (ids: readonly string[]) => string[];
  /** What a record shows of its request. */
  readonly showRequest: (request: Request) => Request;
  /** What is read of a response's head. */
  readonly showHead: (head: ResponseHead) => ResponseHead;
  /** Whether a response of no bytes has no body. */
  readonly dropsEmptyBodies: boolean;
  /** Whether an event that a script made takes `updateUI()`. */
  readonly updatesMadeEvents: boolean;
}
