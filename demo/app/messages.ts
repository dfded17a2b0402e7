/** What page and service worker tell each other. */
import type {
  BackgroundFetchEventName,
  BackgroundFetchFailureReason,
  BackgroundFetchResult,
} from '../../inspector-core/platform/background-fetch.js';

/** An exception, as far as it can be sent. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
}

/** One record, as the worker could read it. */
export interface RecordReport {
  readonly url: string;
  readonly method: string;
  readonly status?: number;
  readonly bytes?: number;
  /** Of the body, in hexadecimal digits; absent where it was not read. */
  readonly sha256?: string;
  readonly error?: ErrorReport;
}

/** The worker handled one event of the API. */
export interface WorkerEventReport {
  readonly type: 'worker-event';
  readonly event: BackgroundFetchEventName;
  readonly id: string;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly downloaded: number;
  readonly uploaded: number;
  readonly recordsAvailable: boolean;
  readonly records: readonly RecordReport[];
  /** What else happened in the handler: "updateUI resolved", … */
  readonly notes: readonly string[];
}

/** The worker called `fetch()` because the page had asked it to. */
export interface WorkerCallReport {
  readonly type: 'worker-call';
  readonly id: string;
  readonly error?: ErrorReport;
}

export type WorkerReport = WorkerEventReport | WorkerCallReport;

/** The page asks the worker to start a fetch by itself. */
export interface StartFromWorker {
  readonly type: 'start-from-worker';
  readonly id: string;
  readonly urls: readonly string[];
}

/** Turns whatever was thrown into something that can be sent. */
export function describeError(error: unknown): ErrorReport {
  return error instanceof Error || error instanceof DOMException
    ? {name: error.name, message: error.message}
    : {name: 'Error', message: String(error)};
}

/**
 * The situation that an id belongs to. Ids are "situation.run" or
 * "situation.run.number", so that the worker knows what to do with a fetch
 * however often it was stopped and started in between.
 */
export function situationOf(id: string): string {
  return id.split('.', 1)[0] ?? '';
}
