import type {BackgroundFetchEventName} from '../platform/background-fetch.js';
import type {
  AttachmentChanged,
  CallOutcome,
  ConditionsChanged,
  ConditionsFile,
  EpochMs,
  Invocation,
  RealmId,
  Rule,
  RouteSetting,
  Source,
} from '../protocol/protocol.js';
import type {
  AttemptState,
  FetchKey,
  FetchState,
  RealmKey,
} from './fetch-state.js';

export interface CallState {
  readonly key: RealmKey;
  readonly realm: RealmId;
  readonly at: EpochMs;
  readonly invocation: Invocation;
  readonly stack?: string;
  readonly settledAt?: EpochMs;
  /** Milliseconds. */
  readonly duration?: number;
  readonly outcome?: CallOutcome;
}

export interface RealmState {
  readonly source: Source;
  readonly phase: 'open' | 'suspended' | 'closed';
  readonly openedAt: EpochMs;
  readonly closedAt?: EpochMs;
  readonly closedBecause?: 'unloaded' | 'stopped' | 'crashed' | 'uninstalled';
  readonly timing: 'before-scripts' | 'late';
  readonly backgroundFetch: boolean;
  readonly secureContext: boolean;
  readonly origin: string;
  readonly scope?: string;
  /** Of a service worker: how many handlers each event has now. */
  readonly handlers: Readonly<
    Partial<Record<BackgroundFetchEventName, number>>
  >;
  /** Of a service worker: its lifecycle state. */
  readonly workerState?: string;
}

export interface FetchesState {
  /** By key, oldest first. */
  readonly all: ReadonlyMap<FetchKey, FetchState>;
  /** How many there ever were; numbers the keys. */
  readonly made: number;
  /** Ended fetches that were dropped to keep memory flat. */
  readonly forgotten: number;
  readonly keyOf: FetchLookup;
  /** Attempts on the wire that no known fetch asked for (yet); bounded. */
  readonly strays: readonly AttemptState[];
}

/** What a realm numbers (see `realmKey`), and the fetch that it belongs to. */
export interface FetchLookup {
  readonly instance: ReadonlyMap<RealmKey, FetchKey>;
  readonly call: ReadonlyMap<RealmKey, FetchKey>;
  readonly event: ReadonlyMap<RealmKey, FetchKey>;
  readonly record: ReadonlyMap<RealmKey, RecordPlace>;
  readonly attempt: ReadonlyMap<RealmKey, RecordPlace>;
  /** By scope and number: the engine's own fetches. */
  readonly emulated: ReadonlyMap<string, FetchKey>;
}

/** One record of a fetch: `index` is its place in the fetch() call. */
export interface RecordPlace {
  readonly fetch: FetchKey;
  readonly index: number;
}

/** Oldest first; bounded. `fetches.keyOf.call` tells which fetch one is about. */
export type CallsState = ReadonlyMap<RealmKey, CallState>;

export interface SessionState {
  readonly attachment: Omit<AttachmentChanged, 'type'>;
  readonly recording: boolean;
  /** Which way fetches go that are started from now on. */
  readonly route: RouteSetting;
  /** What every realm is under. */
  readonly conditions: ConditionsFile;
  /** Origins whose wire facts are read. */
  readonly wireOrigins: readonly string[];
  /** Newest last; bounded. */
  readonly navigations: readonly {
    readonly at: EpochMs;
    readonly url: string;
  }[];
}

/** What a worker is under, as it said itself. */
export type WorkerConditions = Omit<ConditionsChanged, 'type'>;

/** A time in which some worker had no network, by its conditions. */
export interface Outage {
  readonly from: EpochMs;
  /** Absent while it goes on. */
  readonly to?: EpochMs;
}

/** Conditions as they act: in the workers, and on all fetches at once. */
export interface SimulationState {
  /** Since when anything is simulated; undefined: nothing is. */
  readonly since: EpochMs | undefined;
  /** Whether by the session's own setting. */
  readonly isSet: boolean;
  /** Of the last setting. */
  readonly rules: readonly Rule[];
  readonly workers: ReadonlyMap<RealmId, WorkerConditions>;
  /** How often each rule fired, by its place, since these rules were set. */
  readonly fired: ReadonlyMap<number, number>;
  /** Newest last; bounded. */
  readonly changes: readonly (Omit<WorkerConditions, 'isOnline'> & {
    readonly at: EpochMs;
  })[];
  /** Newest last; bounded. */
  readonly outages: readonly Outage[];
}

/** What went wrong with the observing itself. */
export interface HealthState {
  readonly rejected: number;
  readonly missed: number;
  readonly faults: number;
  /** The newest sentence about any of the three. */
  readonly message?: string;
}

/** All that the panel shows, and nothing that the entries do not say. */
export interface InspectorState {
  readonly fetches: FetchesState;
  readonly calls: CallsState;
  readonly realms: ReadonlyMap<RealmId, RealmState>;
  readonly session: SessionState;
  readonly simulation: SimulationState;
  readonly health: HealthState;
}
