/**
 * What the page itself saw of the API, in order: the app's own witness, beside
 * the server's request log and the inspector's picture.
 */
import type {
  BackgroundFetchFailureReason,
  BackgroundFetchRegistration,
  BackgroundFetchResult,
} from '../../inspector-core/platform/background-fetch.js';
import type {ErrorReport, WorkerReport} from './messages.js';

/** A registration's attributes at one moment. */
export interface Snapshot {
  readonly id: string;
  readonly downloaded: number;
  readonly downloadTotal: number;
  readonly uploaded: number;
  readonly uploadTotal: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly recordsAvailable: boolean;
}

/** A call of the API and how it ended. */
export interface SeenCall {
  readonly type: 'call';
  readonly method: 'fetch' | 'get' | 'getIds' | 'match' | 'matchAll' | 'abort';
  readonly id: string;
  readonly outcome: 'resolved' | 'rejected';
  /** What it resolved with, as text. */
  readonly value?: string;
  readonly error?: ErrorReport;
}

export type SeenFact =
  | SeenCall
  | ({readonly type: 'progress'} & Snapshot)
  | WorkerReport
  | {readonly type: 'note'; readonly id: string; readonly text: string};

/** A fact with its place in the order, and epoch milliseconds. */
export type Seen = SeenFact & {readonly sequence: number; readonly at: number};

const seen: Seen[] = [];
const listeners = new Set<(entry: Seen) => void>();

/** Everything seen since the page was loaded. */
export const allSeen: readonly Seen[] = seen;

/** Writes a fact down, and tells who listens. */
export function see(fact: SeenFact): void {
  const entry: Seen = {
    ...fact,
    sequence: seen.length + 1,
    at: performance.timeOrigin + performance.now(),
  };
  seen.push(entry);
  for (const listener of listeners) listener(entry);
}

/** Calls back for every fact from now on. */
export function onSeen(listener: (entry: Seen) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Resolves with the first fact, past or future, that this accepts. */
export async function seenFact<T extends Seen>(
  accepts: (entry: Seen) => entry is T,
): Promise<T> {
  const past = seen.find(accepts);
  if (past !== undefined) return past;
  return new Promise((resolve) => {
    const stop = onSeen((entry) => {
      if (!accepts(entry)) return;
      stop();
      resolve(entry);
    });
  });
}

/** Copies the attributes: the object itself changes under one's hands. */
export function takeSnapshot(
  registration: BackgroundFetchRegistration,
): Snapshot {
  const {id, downloaded, downloadTotal, uploaded, uploadTotal} = registration;
  const {result, failureReason, recordsAvailable} = registration;
  return {
    id,
    downloaded,
    downloadTotal,
    uploaded,
    uploadTotal,
    result,
    failureReason,
    recordsAvailable,
  };
}
