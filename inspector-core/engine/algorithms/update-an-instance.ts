// https://wicg.github.io/background-fetch/#update-background-fetch-instances
import type {
  BackgroundFetchFailureReason,
  BackgroundFetchResult,
} from '../../platform/background-fetch.js';

/** What of a fetch changes, and its instances show. */
export interface Snapshot {
  readonly downloaded: number;
  readonly uploaded: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly recordsAvailable: boolean;
}

/** What an instance shows next, and whether it fires `progress`. */
export interface InstanceUpdate {
  readonly instance: Snapshot;
  readonly firesProgress: boolean;
}

/** Whether two show the same, but for whether the records are available. */
export const isSameProgress = (one: Snapshot, other: Snapshot): boolean =>
  one.downloaded === other.downloaded &&
  one.uploaded === other.uploaded &&
  one.result === other.result &&
  one.failureReason === other.failureReason;

/** One realm's instance, after one change of the fetch. */
export function updateAnInstance(
  instance: Snapshot,
  snapshot: Snapshot,
): InstanceUpdate {
  // "If recordsAvailable is false, then set bgFetchRegistration's records
  // available flag to unset." It never comes back, and fires nothing.
  const recordsAvailable =
    instance.recordsAvailable && snapshot.recordsAvailable;

  // "If bgFetchRegistration's result is not the empty string, then abort these steps."
  // "If downloaded equals …, uploaded equals …, result equals …, and
  // failureReason equals bgFetchRegistration's …, then abort these steps."
  if (instance.result !== '' || isSameProgress(instance, snapshot)) {
    return {instance: {...instance, recordsAvailable}, firesProgress: false};
  }

  // "Set bgFetchRegistration's downloaded to … Fire an event named `progress`
  // at bgFetchRegistration."
  return {instance: {...snapshot, recordsAvailable}, firesProgress: true};
}
