import type {Snapshot} from '../algorithms/update-an-instance.js';
import type {FetchRules} from '../profile/fetch-rules.js';
import {SPEC} from '../profile/spec.js';
import type {Clock} from '../../seams/clock.js';

/**
 * Tells of progress in microtasks of its own, and not of each chunk: "… updates
 * should be debounced". The latest is told sooner or later, also before a result;
 * a result, and the end of its records, at once.
 *
 * @param signal ends it: nothing is told any more
 */
export function throttleProgress(
  clock: Clock,
  onChange: (snapshot: Snapshot) => void,
  signal?: AbortSignal,
  {progressInterval, tellsLastProgress}: FetchRules = SPEC.fetches,
): (snapshot: Snapshot) => void {
  let pending: Snapshot | undefined;
  let isWaiting = false;
  let last = tellsLastProgress ? -Infinity : clock.now();

  const tell = (snapshot: Snapshot): void => {
    if (signal?.aborted !== true) onChange(snapshot);
  };
  const flush = (): void => {
    if (pending === undefined) return;
    const snapshot = pending;
    pending = undefined;
    last = clock.now();
    tell(snapshot);
  };
  const wait = async (): Promise<void> => {
    const at = last + progressInterval;
    if (at > clock.now()) await clock.sleepUntil(at, signal);
  };

  return (snapshot) => {
    if (snapshot.result !== '' || !snapshot.recordsAvailable) {
      queueMicrotask(() => {
        if (tellsLastProgress) flush();
        else pending = undefined;
        tell(snapshot);
      });
      return;
    }
    pending = snapshot;
    if (isWaiting) return;
    isWaiting = true;
    wait().then(
      () => {
        isWaiting = false;
        flush();
      },
      () => {
        // Ended while it waited.
      },
    );
  };
}
