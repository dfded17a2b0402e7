/**
 * The Background Fetch API as types. The DOM library of TypeScript has none of
 * it, because only Chromium ships the API.
 *
 * @see https://wicg.github.io/background-fetch/#idl-index
 */

export type BackgroundFetchResult = '' | 'success' | 'failure';

export type BackgroundFetchFailureReason =
  | ''
  | 'aborted'
  | 'bad-status'
  | 'fetch-error'
  | 'quota-exceeded'
  | 'download-total-exceeded';

/** Why a fetch, or a record of it, failed. */
export type FailureReason = Exclude<BackgroundFetchFailureReason, ''>;

export interface ImageResource {
  readonly src: string;
  readonly sizes?: string;
  readonly type?: string;
  readonly label?: string;
}

export interface BackgroundFetchUIOptions {
  readonly icons?: readonly ImageResource[];
  readonly title?: string;
}

export interface BackgroundFetchOptions extends BackgroundFetchUIOptions {
  /** Bytes. 0 stands for "unknown": then no limit acts. */
  readonly downloadTotal?: number;
}

export interface BackgroundFetchManager {
  fetch(
    id: string,
    requests: RequestInfo | readonly RequestInfo[],
    options?: BackgroundFetchOptions,
  ): Promise<BackgroundFetchRegistration>;
  get(id: string): Promise<BackgroundFetchRegistration | undefined>;
  getIds(): Promise<string[]>;
}

export interface BackgroundFetchRegistration extends EventTarget {
  readonly id: string;
  readonly uploadTotal: number;
  readonly uploaded: number;
  readonly downloadTotal: number;
  readonly downloaded: number;
  readonly result: BackgroundFetchResult;
  readonly failureReason: BackgroundFetchFailureReason;
  readonly recordsAvailable: boolean;
  onprogress: ((event: Event) => unknown) | null;
  abort(): Promise<boolean>;
  match(
    request: RequestInfo,
    options?: CacheQueryOptions,
  ): Promise<BackgroundFetchRecord | undefined>;
  matchAll(
    request?: RequestInfo,
    options?: CacheQueryOptions,
  ): Promise<BackgroundFetchRecord[]>;
}

export interface BackgroundFetchRecord {
  readonly request: Request;
  readonly responseReady: Promise<Response>;
}

/** The service worker's ExtendableEvent, which lib.dom does not declare. */
export interface ExtendableEvent extends Event {
  waitUntil(promise: unknown): void;
}

export interface BackgroundFetchEvent extends ExtendableEvent {
  readonly registration: BackgroundFetchRegistration;
}

export interface BackgroundFetchUpdateUIEvent extends BackgroundFetchEvent {
  updateUI(options?: BackgroundFetchUIOptions): Promise<undefined>;
}

export const BACKGROUND_FETCH_EVENTS = [
  'backgroundfetchsuccess',
  'backgroundfetchfail',
  'backgroundfetchabort',
  'backgroundfetchclick',
] as const;

export type BackgroundFetchEventName = (typeof BACKGROUND_FETCH_EVENTS)[number];

export interface BackgroundFetchServiceWorkerRegistration extends ServiceWorkerRegistration {
  readonly backgroundFetch: BackgroundFetchManager;
}
