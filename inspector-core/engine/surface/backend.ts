import type {
  MatchedRequest,
  MatchOptions,
} from '../algorithms/request-matches-cached-item.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {FetchAction} from '../../protocol/control.js';
import type {Profile} from '../profile/profile.js';
import type {Snapshot} from '../algorithms/update-an-instance.js';
import type {StartOptions} from '../registration/active-fetches.js';
import type {RecordMatch} from '../registration/match-records.js';
import type {FetchCall} from '../../seams/world-conditions.js';
import type {FetchInput} from '../registration/store-a-fetch.js';

/** An error, as it travels. */
export interface Refusal {
  readonly name: string;
  readonly message: string;
}

/** What an instance is made of. */
export interface RegistrationDescription {
  readonly key: number;
  readonly id: string;
  readonly uploadTotal: number;
  readonly downloadTotal: number;
  readonly snapshot: Snapshot;
}

/** A fetch, and what its instance shows as yet. */
export type Watched = Pick<RegistrationDescription, 'key' | 'snapshot'>;

export interface RecordDescription extends RecordOfFetch {
  readonly body: Blob | undefined;
}

export interface RecordOfFetch extends RecordMatch {
  readonly key: number;
}

export interface OpenResponse {
  readonly head: ResponseHead;
  /** What keeps its bytes, by number. */
  readonly hold: number;
  /** Whose bytes are read, if not those of the record that was opened. */
  readonly match?: RecordOfFetch;
  /** Known where it is opened when it is complete. */
  readonly length?: number;
}

/** What a worker's fetches are under. */
export interface WorkerConditions {
  readonly file: object;
  readonly state: object;
}

/**
 * The engine, as one realm's objects use it: in the same realm, or through
 * whatever carries calls to where it runs.
 */
export interface Backend {
  /** How the objects of this realm look. */
  readonly profile: Profile;
  hasActiveWorker(): boolean;
  fetch(
    id: string,
    inputs: readonly FetchInput[],
    options: StartOptions,
  ): Promise<RegistrationDescription>;
  /**
   * Why a call is to reject that goes to the browser's own; undefined: nobody
   * wants it to.
   */
  judge(call: FetchCall): Promise<Refusal | undefined>;
  get(id: string): Promise<RegistrationDescription | undefined>;
  getIds(): Promise<readonly string[]>;
  /** By its key: also one that has ended, as long as it is known. */
  describe(key: number): Promise<RegistrationDescription | undefined>;
  abort(key: number): Promise<boolean>;
  /** What its user does to the fetch of an id; false if it cannot be done. */
  control(id: string, action: FetchAction): Promise<boolean>;
  /** What the worker is under; sets it first, if anything is given. */
  conditions(file?: unknown): Promise<WorkerConditions | undefined>;
  /** The registration is gone, and all its fetches with it. */
  drop(): Promise<void>;
  /**
   * It is there again: Chromium gives one that is on its way out, with its worker,
   * to who registers the same script once more.
   */
  revive(): Promise<void>;
  match(
    key: number,
    query: MatchedRequest | undefined,
    options: MatchOptions,
  ): Promise<readonly RecordDescription[]>;
  /**
   * Resolves once the response can be read; from then on the bytes are kept.
   * "never": nothing will come, not even an error.
   */
  open(match: RecordOfFetch): Promise<OpenResponse | 'never'>;
  /** Bytes from a place on, once there are any; undefined at the end. */
  read(
    match: RecordOfFetch,
    hold: number,
    position: number,
  ): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** The bytes need not be kept any more. */
  release(hold: number): void;
  /**
   * Calls back with changes, in tasks of this realm, until the records are not
   * available any more, or the signal aborts: with progress not more often
   * than the profile says, with the result at once.
   */
  watch(
    fetch: Watched,
    onChange: (snapshot: Snapshot) => void,
    signal?: AbortSignal,
  ): void;
}
