import type {Outcome} from '../algorithms/decide-the-outcome.js';
import type {ImageResource} from '../../platform/background-fetch.js';
import type {RecordProgress} from '../core/record.js';
import type {CommitEffect} from '../core/effects.js';
import type {StorageFailure} from '../core/events.js';

/** A request without its body, as data. */
export interface StoredRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly mode: RequestMode;
  readonly credentials: RequestCredentials;
  readonly cache: RequestCache;
  readonly redirect: RequestRedirect;
  readonly referrer: string;
  readonly referrerPolicy: ReferrerPolicy;
  readonly integrity: string;
  /** What keeps whoever asked from this URL: it is a network error. */
  readonly blockedBy?: 'csp' | 'markup' | 'preflight';
  /** Undefined for a request without a body, which one of no bytes is not. */
  readonly bodyLength: number | undefined;
}

export interface StoredRecord {
  readonly request: StoredRequest;
  readonly progress: RecordProgress;
}

/** What a fetch is from the start. */
export interface NewFetch {
  /** Of the service worker registration that it belongs to. */
  readonly scope: string;
  readonly id: string;
  readonly downloadTotal: number;
  readonly title: string | undefined;
  readonly icons: readonly ImageResource[];
  readonly createdAt: number;
}

/** How far a fetch has come, apart from its records. */
export interface FetchState {
  readonly isPaused?: boolean;
  readonly wasAborted?: boolean;
  /** There as soon as it has concluded, and its event is due. */
  readonly outcome?: Outcome;
  /** How often its event was about to be fired … */
  readonly dispatches?: number;
  /** … and handlers had it: again, if the worker died before it was over. */
  readonly deliveries?: number;
  /** Its records are not available any more; the next `load` frees it. */
  readonly isDone?: boolean;
}

/** What of a fetch may change. */
export interface FetchChanges extends FetchState {
  readonly title?: string;
  readonly icons?: readonly ImageResource[];
}

export interface StoredFetch extends NewFetch, FetchState {
  /** Rises with each fetch of this origin. */
  readonly key: number;
  readonly records: readonly StoredRecord[];
}

/** Bytes of a body, with their place in it. */
export interface StoredPart {
  readonly from: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Bytes to be stored: read, or where the browser has them. */
export type BodyBytes = Uint8Array<ArrayBuffer> | Blob;

/**
 * Bytes of the smallest part that has a cache, where there are any: to make one
 * costs more than to store less in the database.
 */
export const SMALLEST_CACHED = 2 ** 20;

/** Whose bytes: generation 0 is the request's body. */
export interface BodyPlace {
  readonly key: number;
  readonly record: number;
  readonly generation: number;
}

/**
 * Where fetches outlive the worker. Each call is done wholly or not at all; the
 * worker may be killed after any of them. They are done in the order of the
 * calls, but commits keep the order of their record only.
 */
export interface FetchStorage {
  /** Whether it takes Blobs as they are; else it reads them. */
  readonly keepsBlobs: boolean;
  /** A place for a fetch, which counts as not there until it is `finish`ed. */
  begin(fetch: NewFetch, requests: readonly StoredRequest[]): Promise<number>;
  /** The next bytes of a request's body. */
  appendToBody(
    key: number,
    record: number,
    from: number,
    bytes: Uint8Array<ArrayBuffer>,
  ): Promise<void>;
  /** All of a fetch is there now: it counts. */
  finish(
    key: number,
    bodyLengths: readonly (number | undefined)[],
  ): Promise<StoredFetch>;
  /**
   * A record's progress, together with the bytes from `from` to `to`. Refuses
   * what would leave a hole. The bytes must not change until it is done.
   */
  commit(
    key: number,
    commit: Omit<CommitEffect, 'type'>,
    bytes: BodyBytes | undefined,
  ): Promise<void>;
  update(key: number, changes: FetchChanges): Promise<void>;
  /** The bytes at `position`, and some of those stored together with them. */
  readPart(place: BodyPlace, position: number): Promise<StoredPart | undefined>;
  get(key: number): Promise<StoredFetch | undefined>;
  /**
   * All of a scope's fetches, which are this worker's from now on; frees what an
   * earlier one left undone.
   */
  load(scope: string): Promise<readonly StoredFetch[]>;
  /** The scopes that have anything stored, and the keys of all of it. */
  scopes(): Promise<ReadonlyMap<string, readonly number[]>>;
  /** The active fetches of all scopes but one. */
  countActiveOutside(scope: string): Promise<number>;
  delete(key: number): Promise<void>;
}

/**
 * Another worker has loaded the fetch since this one did: what this one still
 * wants to store of it must not be, and it is not this one's to end.
 */
export class TakenOverError extends Error {
  override readonly name = 'TakenOverError';
}

/** What an error of storage means to a fetch. */
export function classifyStorageError(error: unknown): StorageFailure {
  const name = error instanceof Error ? error.name : '';
  return name === 'QuotaExceededError' ? 'quota' : 'error';
}
