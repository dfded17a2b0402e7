/** What a hook sees of the four events of a service worker. */
import type {BackgroundFetchEventName} from '../platform/background-fetch.js';
import type {
  RegistrationRef,
  RegistrationSnapshot,
  Settlement,
} from './describe.js';

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
