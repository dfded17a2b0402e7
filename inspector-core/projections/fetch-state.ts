import type {
  BackgroundFetchEventName,
  BackgroundFetchFailureReason,
} from '../platform/background-fetch.js';
import type {
  EpochMs,
  ErrorDescription,
  FetchAction,
  FetchRoute,
  HeaderList,
  IconDescription,
  RealmId,
  RecordRef,
  RequestDescription,
  ResponseDescription,
  RouteReason,
  RuleFired,
  Settlement,
  WorkerAction,
} from '../protocol/protocol.js';

/**
 * Names one background fetch: an id alone does not, since it may be used again
 * once its fetch has ended.
 */
export type FetchKey = string;

/**
 * `realm:number`, for what a realm numbers: calls, instances, worker events; or
 * names: attempts.
 */
export type RealmKey = string;

export const realmKey = (realm: RealmId, ordinal: number | string): RealmKey =>
  `${realm}:${ordinal}`;

/**
 * Where a fetch stands.
 * - `requested`: fetch() was called and has not settled.
 * - `active`: the browser accepted it.
 * - `succeeded`, `failed`, `aborted`: its result is known.
 * - `rejected`: fetch() rejected, so there never was a background fetch.
 */
export type FetchPhase =
  'requested' | 'active' | 'succeeded' | 'failed' | 'aborted' | 'rejected';

/** One point of the byte curve. Bytes since the start of the fetch. */
export interface BytePoint {
  readonly at: EpochMs;
  readonly downloaded: number;
  readonly uploaded: number;
}

/** One HTTP exchange, as chrome.webRequest or the engine told it. */
export interface AttemptState {
  readonly key: RealmKey;
  /** The engine's own record; else any that asked for this URL. */
  readonly of?: RecordRef;
  readonly url: string;
  readonly method: string;
  /** Origin that asked for it. */
  readonly initiator?: string;
  readonly startedAt: EpochMs;
  readonly sentAt?: EpochMs;
  readonly respondedAt?: EpochMs;
  readonly finishedAt?: EpochMs;
  readonly requestHeaders?: HeaderList;
  readonly status?: number;
  readonly responseHeaders?: HeaderList;
  readonly ip?: string;
  readonly fromCache?: boolean;
  /** Bytes of the body that it brought; absent where nobody counts them. */
  readonly received?: number;
  readonly redirects: readonly {
    readonly at: EpochMs;
    readonly status: number;
    readonly to: string;
  }[];
  readonly error?: string;
}

/** One request of a fetch, in the order of the fetch() call. */
export interface RecordState {
  readonly index: number;
  readonly request: RequestDescription;
  readonly response?: ResponseDescription;
  /** How `responseReady` rejected. */
  readonly error?: ErrorDescription;
  readonly settledAt?: EpochMs;
  readonly attempts: readonly AttemptState[];
}

export interface WaitState {
  readonly wait: number;
  readonly at: EpochMs;
  readonly settledAt?: EpochMs;
  readonly outcome?: Settlement;
}

/** A worker event about the fetch, from dispatch to the last waitUntil. */
export interface WorkerEventState {
  readonly key: RealmKey;
  readonly realm: RealmId;
  readonly name: BackgroundFetchEventName;
  readonly at: EpochMs;
  readonly finishedAt?: EpochMs;
  readonly handlers: number;
  readonly waits: readonly WaitState[];
  readonly outcome?: Settlement;
}

/** A rule's effect on a fetch. */
export type FaultState = Omit<RuleFired, 'type' | 'id' | 'scope'> & {
  readonly at: EpochMs;
};

/** Something that the inspector did to a fetch, or to the worker that has it. */
export interface ControlState {
  readonly at: EpochMs;
  readonly action: FetchAction | WorkerAction;
}

export interface FetchState {
  readonly key: FetchKey;
  readonly id: string;
  readonly scope?: string;
  readonly route: FetchRoute;
  /** Absent where fetch() was not seen, or the realm has no engine. */
  readonly routedBecause?: RouteReason;
  readonly phase: FetchPhase;
  readonly failureReason?: Exclude<BackgroundFetchFailureReason, ''>;
  /** Why fetch() rejected. */
  readonly error?: ErrorDescription;
  readonly title?: string;
  readonly icons?: readonly IconDescription[];
  /** The fetch() call; absent when the fetch was there before the recording. */
  readonly startedBy?: RealmKey;
  /** The fetch() call, or where that was not seen, the first sight of it. */
  readonly openedAt: EpochMs;
  /** fetch() resolved: the browser has taken it over. */
  readonly acceptedAt?: EpochMs;
  readonly firstByteAt?: EpochMs;
  readonly settledAt?: EpochMs;
  /** The latest entry about it. */
  readonly lastAt: EpochMs;
  /** Bytes; 0 stands for "not told". */
  readonly downloadTotal: number;
  readonly downloaded: number;
  readonly uploadTotal: number;
  readonly uploaded: number;
  readonly recordsAvailable: boolean;
  /** At most `CURVE_POINTS`, thinned evenly as the fetch goes on. */
  readonly curve: readonly BytePoint[];
  readonly records: readonly RecordState[];
  readonly events: readonly WorkerEventState[];
  /** Calls on or about this fetch, in order. */
  readonly calls: readonly RealmKey[];
  readonly faults: readonly FaultState[];
  readonly controls: readonly ControlState[];
}

export const isOver = (phase: FetchPhase): boolean =>
  phase !== 'requested' && phase !== 'active';

/** Whether it ended without an event: the inspector cleared what it had stored. */
export const isCleared = ({controls}: FetchState): boolean =>
  controls.some(({action}) => action === 'clear-storage');

/** Whether its user had it wait, by the inspector, and it still does. */
export const isPaused = ({phase, controls}: FetchState): boolean =>
  phase === 'active' &&
  controls.findLast(({action}) => action === 'pause' || action === 'resume')
    ?.action === 'pause';
