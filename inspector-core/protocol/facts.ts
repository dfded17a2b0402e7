/**
 * Everything that can be observed, in the past tense. State is nothing but a
 * fold of these; whoever adds one adds its schema in `schema.ts`, which the
 * compiler holds equal to the types here.
 */
import type {EffectType, TriggerType} from '../conditions/rules/rule.js';
import type {BackgroundFetchEventName} from '../platform/background-fetch.js';
import type {ConditionsFile} from './conditions.js';
import type {FetchControl, WorkerControl} from './control.js';
import type {
  ErrorDescription,
  HeaderList,
  RecordDescription,
  RecordRef,
  RegistrationRef,
  RegistrationSnapshot,
  ResponseDescription,
  Settlement,
} from './describe.js';
import type {CallOutcome, Invocation} from './invocation.js';
import type {FetchRoute, RouteSetting} from './route.js';
import type {RealmId} from './source.js';

/** A hook began to watch its realm. Always the realm's first entry. */
export interface RealmOpened {
  readonly type: 'realm-opened';
  /** `late`: scripts of the page ran before the hook, so calls may be missing. */
  readonly timing: 'before-scripts' | 'late';
  readonly backgroundFetch: boolean;
  readonly secureContext: boolean;
  /** A realm with an opaque origin has no service worker, hence no API. */
  readonly origin: string;
  /** Of a service worker: the scope of its registration. */
  readonly scope?: string;
}

/** The page went into the back-forward cache: nothing runs in it. */
export interface RealmSuspended {
  readonly type: 'realm-suspended';
}

export interface RealmResumed {
  readonly type: 'realm-resumed';
}

/** A realm ended, as the hook itself (unload) or the browser saw it. */
export interface RealmClosed {
  readonly type: 'realm-closed';
  readonly realm: RealmId;
  readonly reason: 'unloaded' | 'stopped' | 'crashed' | 'uninstalled';
}

/** A service worker's lifecycle state. @see https://w3c.github.io/ServiceWorker/#dfn-state */
export interface WorkerStateChanged {
  readonly type: 'worker-state-changed';
  readonly scope: string;
  readonly scriptUrl: string;
  readonly state: string;
}

export interface CallStarted {
  readonly type: 'call-started';
  /** Numbers the calls of one realm from 1; `call-settled` repeats it. */
  readonly call: number;
  readonly invocation: Invocation;
  /** The caller's stack, without the hook's own frames. */
  readonly stack?: string;
}

export interface CallSettled {
  readonly type: 'call-settled';
  readonly call: number;
  /** Milliseconds from the call to the settling of its promise. */
  readonly duration: number;
  readonly outcome: CallOutcome;
}

/** A registration was met for the first time in this realm. */
export interface RegistrationSeen {
  readonly type: 'registration-seen';
  readonly registration: RegistrationRef;
  readonly snapshot: RegistrationSnapshot;
  /** Absent where there is no engine: native. */
  readonly route?: FetchRoute;
  /** `attach`: it was active before the hook came. */
  readonly via: 'attach' | 'fetch' | 'get' | 'event';
}

/** A `progress` event that changed something. */
export interface RegistrationProgressed {
  readonly type: 'registration-progressed';
  readonly registration: RegistrationRef;
  readonly snapshot: RegistrationSnapshot;
}

/** `recordsAvailable` turned false: match() rejects from now on. */
export interface RecordsExpired {
  readonly type: 'records-expired';
  readonly registration: RegistrationRef;
}

/** All records of a registration, in their order, as the hook listed them. */
export interface RecordsListed {
  readonly type: 'records-listed';
  readonly registration: RegistrationRef;
  readonly records: readonly RecordDescription[];
}

/** A record's `responseReady` settled. */
export interface ResponseSettled {
  readonly type: 'response-settled';
  readonly registration: RegistrationRef;
  readonly record: number;
  readonly outcome:
    | {readonly status: 'fulfilled'; readonly response: ResponseDescription}
    | {readonly status: 'rejected'; readonly error: ErrorDescription};
}

/** The worker's script registered, or removed, a handler of a worker event. */
export interface HandlerChanged {
  readonly type: 'handler-changed';
  readonly event: BackgroundFetchEventName;
  readonly via: 'addEventListener' | 'attribute';
  readonly change: 'added' | 'removed';
  /** The function's own name; empty for an anonymous one. */
  readonly name: string;
}

/** A worker event reached the service worker. */
export interface EventDispatched {
  readonly type: 'event-dispatched';
  /** Numbers the worker events of one realm from 1. */
  readonly event: number;
  readonly name: BackgroundFetchEventName;
  readonly registration: RegistrationRef;
  readonly snapshot: RegistrationSnapshot;
  /** How many handlers the script had registered for it by then. */
  readonly handlers: number;
}

export interface WaitUntilCalled {
  readonly type: 'wait-until-called';
  readonly event: number;
  /** Numbers the waitUntil() calls of one event from 1. */
  readonly wait: number;
}

export interface WaitUntilSettled {
  readonly type: 'wait-until-settled';
  readonly event: number;
  readonly wait: number;
  /** Milliseconds since the waitUntil() call. */
  readonly duration: number;
  readonly outcome: Settlement;
}

/** Dispatch is over and every waitUntil promise has settled. */
export interface EventFinished {
  readonly type: 'event-finished';
  readonly event: number;
  /** Milliseconds since the dispatch. */
  readonly duration: number;
  readonly waits: number;
  /** Rejected if a waitUntil promise was, or a handler threw. */
  readonly outcome: Settlement;
}

/** One HTTP attempt began, as chrome.webRequest saw it, or the engine made it. */
export interface AttemptStarted {
  readonly type: 'attempt-started';
  /** Names it within its source. */
  readonly attempt: string;
  readonly url: string;
  readonly method: string;
  readonly initiator?: string;
  /** Told by the engine, which knows; the wire has no idea. */
  readonly of?: RecordRef;
}

export interface AttemptSent {
  readonly type: 'attempt-sent';
  readonly attempt: string;
  readonly headers: HeaderList;
}

export interface AttemptRedirected {
  readonly type: 'attempt-redirected';
  readonly attempt: string;
  readonly status: number;
  readonly to: string;
}

export interface AttemptResponded {
  readonly type: 'attempt-responded';
  readonly attempt: string;
  readonly status: number;
  readonly statusLine: string;
  readonly headers: HeaderList;
  readonly ip?: string;
  /** Absent where nobody can tell. */
  readonly fromCache?: boolean;
}

/** Bytes of the body have come. Told by the engine alone, and not of each. */
export interface AttemptProgressed {
  readonly type: 'attempt-progressed';
  readonly attempt: string;
  /** Bytes since the attempt's response; not those of earlier attempts. */
  readonly received: number;
}

export interface AttemptFinished {
  readonly type: 'attempt-finished';
  readonly attempt: string;
  /** As in `attempt-progressed`, all of them. */
  readonly received?: number;
  /**
   * Chromium's net error, such as `net::ERR_CONTENT_LENGTH_MISMATCH`; of the
   * engine, an `AttemptError`. Absent if the body came to its end.
   */
  readonly error?: string;
}

/** The inspected tab shows another document. */
export interface PageNavigated {
  readonly type: 'page-navigated';
  readonly url: string;
}

/** How the inspector is connected to what it inspects. */
export interface AttachmentChanged {
  readonly type: 'attachment-changed';
  readonly state: 'detached' | 'attaching' | 'attached' | 'refused';
  /** Why it is not attached. */
  readonly reason?:
    | 'not-wanted'
    | 'canceled-by-user'
    | 'target-closed'
    | 'restricted-page'
    | 'failed';
  /** The browser's own words, where it gave any. */
  readonly message?: string;
}

/** Whether the browser's wire facts (chrome.webRequest) are being read. */
export interface WireAccessChanged {
  readonly type: 'wire-access-changed';
  readonly origins: readonly string[];
}

/** Which way fetches go that are started from now on. */
export interface RouteChanged {
  readonly type: 'route-changed';
  readonly route: RouteSetting;
}

/** Conditions were set for every realm of the session: the whole of them. */
export interface ConditionsSet {
  readonly type: 'conditions-set';
  readonly conditions: ConditionsFile;
}

/** A worker's conditions are other ones now, by a setting or a schedule. */
export interface ConditionsChanged {
  readonly type: 'conditions-changed';
  /** Whether anything is simulated. */
  readonly isActive: boolean;
  readonly isOnline: boolean;
  /** Name of the profile that holds. */
  readonly profile: string;
  /** How many rules there are, those that are switched off too. */
  readonly rules: number;
  /** Name of the schedule, if there is one. */
  readonly schedule?: string;
}

/** A rule's effect came. */
export interface RuleFired {
  readonly type: 'rule-fired';
  /** Its place in the list, from 0. */
  readonly rule: number;
  readonly name?: string;
  readonly effect: EffectType;
  readonly trigger: TriggerType;
  /** The fetch's, and its worker's: other workers have fetches of that id. */
  readonly id: string;
  readonly scope: string;
  /** The record's place in its fetch, from 0; absent for a call. */
  readonly record?: number;
  /** From 1: of the record, or of the calls with this id. */
  readonly attempt: number;
}

/** A worker's made-up network was lost, or came back. */
export interface OnlineChanged {
  readonly type: 'online-changed';
  readonly isOnline: boolean;
}

/** A fetch was asked for something by the inspector, and it was done. */
export interface FetchControlled extends FetchControl {
  readonly type: 'fetch-controlled';
}

/** The same of a service worker, and of all fetches that it has. */
export interface WorkerControlled extends WorkerControl {
  readonly type: 'worker-controlled';
}

export interface RecordingChanged {
  readonly type: 'recording-changed';
  readonly recording: boolean;
}

/** Nothing before this entry counts any more. */
export interface LogCleared {
  readonly type: 'log-cleared';
}

/** Something arrived that is no entry; it was dropped and counted. */
export interface EntriesRejected {
  readonly type: 'entries-rejected';
  readonly realm: RealmId;
  readonly count: number;
  /** Where in the message, and what was expected there. */
  readonly message: string;
}

/** A realm's buffer was full before it could be read: these entries are lost. */
export interface EntriesMissed {
  readonly type: 'entries-missed';
  readonly realm: RealmId;
  readonly count: number;
}

/** Our own code failed inside the page. The page did not notice. */
export interface HookFaulted {
  readonly type: 'hook-faulted';
  readonly where: string;
  readonly error: ErrorDescription;
}

export type Fact =
  | RealmOpened
  | RealmSuspended
  | RealmResumed
  | RealmClosed
  | WorkerStateChanged
  | CallStarted
  | CallSettled
  | RegistrationSeen
  | RegistrationProgressed
  | RecordsExpired
  | RecordsListed
  | ResponseSettled
  | HandlerChanged
  | EventDispatched
  | WaitUntilCalled
  | WaitUntilSettled
  | EventFinished
  | AttemptStarted
  | AttemptSent
  | AttemptRedirected
  | AttemptResponded
  | AttemptProgressed
  | AttemptFinished
  | PageNavigated
  | AttachmentChanged
  | WireAccessChanged
  | RecordingChanged
  | RouteChanged
  | ConditionsSet
  | ConditionsChanged
  | RuleFired
  | OnlineChanged
  | FetchControlled
  | WorkerControlled
  | LogCleared
  | EntriesRejected
  | EntriesMissed
  | HookFaulted;

export type FactType = Fact['type'];

export type FactOf<T extends FactType> = Extract<Fact, {type: T}>;
