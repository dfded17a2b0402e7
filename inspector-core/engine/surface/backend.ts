import type {
  MatchedRequest,
  MatchOptions,
} from '../algorithms/request-matches-cached-item.js';
import type {Snapshot} from '../algorithms/update-an-instance.js';
import type {FetchInput, StartOptions} from '../registration/active-fetches.js';
import type {RecordMatch} from '../registration/match-records.js';

/** What an instance is made of. */
export interface RegistrationDescription {
  readonly key: number;
  readonly id: string;
  readonly uploadTotal: number;
  readonly downloadTotal: number;
  readonly snapshot: Snapshot;
}

export interface RecordDescription extends RecordMatch {
  readonly body: Blob | undefined;
}

/**
 * The engine, as one realm's objects use it: in the same realm, or through
 * whatever carries calls to where it runs.
 */
export interface Backend {
  fetch(
    id: string,
    inputs: readonly FetchInput[],
    options: StartOptions,
  ): Promise<RegistrationDescription>;
  get(id: string): Promise<RegistrationDescription | undefined>;
  getIds(): Promise<readonly string[]>;
  abort(key: number): Promise<boolean>;
  match(
    key: number,
    query: MatchedRequest | undefined,
    options: MatchOptions,
  ): Promise<readonly RecordDescription[]>;
  whenResponseReady(key: number, match: RecordMatch): Promise<Response>;
  /** Calls back with each change, in tasks of this realm, until it expires. */
  watch(key: number, onChange: (snapshot: Snapshot) => void): void;
}
