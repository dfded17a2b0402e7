import type {
  BackgroundFetchManager,
  BackgroundFetchOptions,
  BackgroundFetchRegistration,
} from '../../../inspector-core/platform/background-fetch.js';
import type {Catalogue} from '../catalogue.js';
import type {Snapshot} from '../seen.js';
import type {WorkerEventReport} from '../messages.js';

/** How a fetch came out: what the page's object said, and what the worker did. */
export interface FetchEnd {
  /** The page's object, once the worker has reported. */
  readonly final: Snapshot;
  readonly worker: WorkerEventReport;
}

/** What a situation may use; everything it does is written down. */
export interface SituationContext {
  readonly manager: BackgroundFetchManager;
  readonly catalogue: Catalogue;
  /** An id of this run: "slow.lk3f", or "slow.lk3f.2" with a number. */
  id(number?: number): string;
  /**
   * A URL of a test resource that no other run has asked for, so that the
   * server counts its attempts from one.
   */
  resource(name: string, query: string): string;
  /** Calls `fetch()`; undefined when it rejects. */
  start(
    id: string,
    requests: RequestInfo | readonly RequestInfo[],
    options?: BackgroundFetchOptions,
  ): Promise<BackgroundFetchRegistration | undefined>;
  /** Waits until the fetch has its result and its event was handled. */
  end(registration: BackgroundFetchRegistration): Promise<FetchEnd>;
  /** `start()`, then `end()`. */
  download(
    id: string,
    requests: RequestInfo | readonly RequestInfo[],
    options?: BackgroundFetchOptions,
  ): Promise<void>;
  /** Calls `abort()`. */
  abort(registration: BackgroundFetchRegistration): Promise<void>;
  /** Waits until some of the fetch's bytes have come. */
  firstBytes(registration: BackgroundFetchRegistration): Promise<void>;
  note(text: string): void;
}

/** One case of the API, made by one button. */
export interface Situation {
  readonly name: string;
  readonly title: string;
  /** One line: what it does, and what is to be seen. */
  readonly explanation: string;
  /** Resolves when all that it started has come to its end. */
  readonly run: (context: SituationContext) => Promise<void>;
}

export interface SituationGroup {
  readonly title: string;
  readonly situations: readonly Situation[];
}
