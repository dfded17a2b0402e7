/**
 * What a user does to a fetch in the browser's own interface (the background
 * fetch specification, "Show the background fetch UI").
 */
export const FETCH_ACTIONS = ['pause', 'resume', 'abort', 'click'] as const;
export type FetchAction = (typeof FETCH_ACTIONS)[number];

/** Something done to the active fetch of an id, as its user would. */
export interface FetchControl {
  /** Of the service worker registration that the fetch belongs to. */
  readonly scope: string;
  readonly id: string;
  readonly action: FetchAction;
}
