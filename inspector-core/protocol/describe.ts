/**
 * Platform objects as plain data. Everything is JSON-safe: strings, finite
 * numbers, booleans, arrays and plain objects; what is absent is left out.
 */
import type {
  BackgroundFetchFailureReason,
  BackgroundFetchResult,
} from '../platform/background-fetch.js';

/** Pairs of name and value, in the order in which the platform gave them. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/** A `Request` argument or record request. Its body is never read. */
export interface RequestDescription {
  readonly url: string;
  readonly method: string;
  readonly headers: HeaderList;
  readonly mode?: string;
  readonly credentials?: string;
  readonly hasBody: boolean;
}

/** A `Response`. Its body is never read. */
export interface ResponseDescription {
  readonly url: string;
  readonly status: number;
  readonly statusText: string;
  readonly responseType: string;
  readonly redirected: boolean;
  readonly headers: HeaderList;
}

/** A thrown value: for `Error` and `DOMException` their name and message. */
export interface ErrorDescription {
  readonly name: string;
  readonly message: string;
}

export interface IconDescription {
  readonly src: string;
  readonly sizes?: string;
  readonly mediaType?: string;
  readonly label?: string;
}

/** The options of `fetch()` and `updateUI()`. */
export interface UIOptionsDescription {
  readonly title?: string;
  readonly icons?: readonly IconDescription[];
  /** Bytes; only on `fetch()`. */
  readonly downloadTotal?: number;
}

export interface QueryOptionsDescription {
  readonly ignoreSearch?: boolean;
  readonly ignoreMethod?: boolean;
  readonly ignoreVary?: boolean;
}

/** A BackgroundFetchRegistration's attributes, read at one instant. Bytes. */
export interface RegistrationSnapshot {
  readonly uploadTotal: number;
  readonly uploaded: number;
  readonly downloadTotal: number;
  readonly downloaded: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly recordsAvailable: boolean;
}

/**
 * Which background fetch a fact is about. An id is unique only among the active
 * fetches of one service worker registration, so `id` is not a key: the
 * projection tells successive fetches of one id apart.
 */
export interface RegistrationRef {
  readonly id: string;
  /** Scope of the service worker registration; absent while unknown. */
  readonly scope?: string;
  /** Numbers the BackgroundFetchRegistration objects of one realm from 1. */
  readonly instance: number;
}

export interface RecordDescription {
  /** Numbers the BackgroundFetchRecord objects of one realm from 1. */
  readonly record: number;
  readonly request: RequestDescription;
}

/** One record of one of the engine's fetches. */
export interface RecordRef {
  readonly id: string;
  /** Scope of the service worker registration. */
  readonly scope: string;
  /** Tells the engine's fetches of an origin apart, also those of one id. */
  readonly fetch: number;
  /** Place in the fetch() call, from 0. */
  readonly index: number;
}

/** How a promise ended, where its value is of no interest. */
export type Settlement =
  | {readonly status: 'fulfilled'}
  | {readonly status: 'rejected'; readonly error: ErrorDescription};
