import type {Network} from './network.js';
import type {CallVerdict} from './verdict.js';

/** A call of `backgroundFetch.fetch()`. */
export interface FetchCall {
  readonly fetchId: string;
  readonly requests: readonly {readonly url: string; readonly method: string}[];
}

/** The parts of an engine's storage that tell, or may fail. */
export interface StorageSeam {
  appendToBody(
    key: number,
    record: number,
    from: number,
    bytes: {readonly length: number},
    ...rest: never
  ): Promise<void>;
  commit(
    key: number,
    commit: {
      readonly record: number;
      readonly generation: number;
      readonly from: number;
      readonly to: number;
    },
    ...rest: never
  ): Promise<void>;
  delete(key: number): Promise<void>;
}

/** What may come between an engine and the world that its fetches run in. */
export interface WorldConditions {
  /** Resolves when what an earlier worker counted is known. */
  readonly ready: Promise<void>;
  /** Whether anything is simulated now. */
  readonly isActive: boolean;
  /** What the user is taken to have allowed; undefined: what they did. */
  readonly permission: PermissionState | undefined;
  /** Bytes that may be stored yet; undefined: as many as there is room for. */
  readonly space: number | undefined;
  shapeNetwork(network: Network): Network;
  shapeStorage<S extends StorageSeam>(storage: S): S;
  /** Why a call of `fetch()` is to reject; undefined: it is not. */
  judgeCall(call: FetchCall): CallVerdict | undefined;
  /** Sets all of it anew; throws a sentence, and sets nothing, if it is wrong. */
  apply(file: unknown): void;
  /** What is set, as `apply` takes it. */
  toJSON(): object;
  /** What comes of it now. */
  readonly state: object;
  /** Calls back when any of it may be another. */
  subscribe(
    listener: () => void,
    options?: {readonly signal?: AbortSignal},
  ): void;
}
