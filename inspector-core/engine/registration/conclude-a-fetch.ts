// https://wicg.github.io/background-fetch/#perform-a-background-fetch
import type {BackgroundFetchEventName} from '../../platform/background-fetch.js';
import type {Job} from '../driver/job.js';
import {TakenOverError, type FetchStorage} from '../storage/fetch-storage.js';

/** So often handlers have an event at most, if the worker dies each time. */
const MOST_DELIVERIES = 3;
/**
 * So often it is tried at most. A worker that is stopped soon after its start,
 * again and again, must not cost the app its event; but one that dies of a
 * handler before that can be counted must not do so for ever.
 */
const MOST_DISPATCHES = 20;

/** What becomes of a fetch that has ended. */
export interface Conclusion {
  /**
   * Fires the event of a fetch that has ended, and resolves once the event is
   * not active any more: dispatched, and all that extended it settled. Calls
   * `onDelivered` as soon as the handlers have been called.
   */
  readonly dispatch: (
    name: BackgroundFetchEventName,
    job: Job,
    onDelivered: () => void,
  ) => Promise<void>;
  /** It does not run any more. */
  readonly onOutcome: () => void;
  /** Its event is over, and its records with it; or it is not ours. */
  readonly onOver: () => void;
}

/** "Perform a background fetch", from the outcome to the end of its records. */
export async function concludeAFetch(
  job: Job,
  storage: FetchStorage,
  {dispatch, onOutcome, onOver}: Conclusion,
): Promise<void> {
  const {key, dispatches = 0, deliveries = 0} = job.stored;
  const {failureReason} = await job.concluded;
  onOutcome();
  if (dispatches < MOST_DISPATCHES && deliveries < MOST_DELIVERIES) {
    const isStored = await storage
      .update(key, {dispatches: dispatches + 1})
      .then(
        () => true,
        (error: unknown) => isOurs(storage, key, error),
      );
    if (job.hasStopped) return;
    if (!isStored) {
      // Its registration is gone, and it has no event; or another worker has
      // it, and fires it.
      void job.expire();
      onOver();
      return;
    }
    // "Fire a functional event …"
    const countDelivery = (): void => {
      storage.update(key, {deliveries: deliveries + 1}).catch(() => {});
    };
    await dispatch(eventName(failureReason), job, countDelivery).catch(
      () => {},
    );
  }
  if (job.hasStopped) return;
  // "Wait until event is not active. Unset the records available flag."
  // Deviation: in any case. By the text it stays set for ever where there is
  // no listener, or the worker does not start.
  const unused = job.expire();
  onOver();
  const isStillOurs = await storage.update(key, {isDone: true}).then(
    () => true,
    (error: unknown) => !(error instanceof TakenOverError),
  );
  await unused;
  if (isStillOurs) await storage.delete(key).catch(() => {});
}

/** After an error of storage: false when it is certain that it is not. */
async function isOurs(
  storage: FetchStorage,
  key: number,
  error: unknown,
): Promise<boolean> {
  if (error instanceof TakenOverError) return false;
  return storage.get(key).then(
    (stored) => stored !== undefined,
    () => true,
  );
}

/** The event that a fetch ends with. */
function eventName(failureReason: string): BackgroundFetchEventName {
  // "If failureReason is "aborted", … `backgroundfetchabort`; otherwise, if it
  // is not the empty string, `backgroundfetchfail`; otherwise, …success."
  if (failureReason === 'aborted') return 'backgroundfetchabort';
  return failureReason === ''
    ? 'backgroundfetchsuccess'
    : 'backgroundfetchfail';
}
