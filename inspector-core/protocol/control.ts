/**
 * What a user does to a fetch in the browser's own interface (the background
 * fetch specification, "Show the background fetch UI"); and, for tests of
 * handlers, its final event once more, be it over or not.
 */
export const FETCH_ACTIONS = [
  'pause',
  'resume',
  'abort',
  'click',
  'dispatch-success',
  'dispatch-fail',
  'dispatch-abort',
] as const;
export type FetchAction = (typeof FETCH_ACTIONS)[number];

export type DispatchAction = Extract<FetchAction, `dispatch-${string}`>;

/** Whether it is an event that is to be fired once more. */
export const isDispatch = (action: FetchAction): action is DispatchAction =>
  action === 'dispatch-success' ||
  action === 'dispatch-fail' ||
  action === 'dispatch-abort';

/**
 * What is done to a service worker: nothing of it is left but what it stored, or
 * its fetches are gone with all that they stored.
 */
export const WORKER_ACTIONS = [
  'kill-worker',
  'restart-browser',
  'clear-storage',
] as const;
export type WorkerAction = (typeof WORKER_ACTIONS)[number];

export interface WorkerControl {
  /** Of the service worker registration. */
  readonly scope: string;
  readonly action: WorkerAction;
}

/** Something done to the fetch of an id, as its user would. */
export interface FetchControl {
  /** Of the service worker registration that the fetch belongs to. */
  readonly scope: string;
  readonly id: string;
  readonly action: FetchAction;
}
