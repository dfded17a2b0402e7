/** What the inspector tells of itself, and of what it was asked for. */
import type {FetchControl, WorkerControl} from './control.js';
import type {RouteSetting} from './route.js';
import type {RealmId} from './source.js';

/** The inspected tab shows another document. */
export interface PageNavigated {
  readonly type: 'page-navigated';
  readonly url: string;
}

/** How the inspector is connected to what it inspects. */
export interface AttachmentChanged {
  readonly type: 'attachment-changed';
  readonly state: 'detached' | 'attaching' | 'attached' | 'refused';
  /** Why it is not attached. */
  readonly reason?:
    | 'not-wanted'
    | 'canceled-by-user'
    | 'target-closed'
    | 'restricted-page'
    | 'failed';
  /** The browser's own words, where it gave any. */
  readonly message?: string;
}

/** Whether the browser's wire facts (chrome.webRequest) are being read. */
export interface WireAccessChanged {
  readonly type: 'wire-access-changed';
  readonly origins: readonly string[];
}

/** Which way fetches go that are started from now on. */
export interface RouteChanged {
  readonly type: 'route-changed';
  readonly route: RouteSetting;
}

/** A fetch was asked for something by the inspector, and it was done. */
export interface FetchControlled extends FetchControl {
  readonly type: 'fetch-controlled';
}

/** The same of a service worker, and of all fetches that it has. */
export interface WorkerControlled extends WorkerControl {
  readonly type: 'worker-controlled';
}

export interface RecordingChanged {
  readonly type: 'recording-changed';
  readonly recording: boolean;
}

/** Nothing before this entry counts any more. */
export interface LogCleared {
  readonly type: 'log-cleared';
}

/** Something arrived that is no entry; it was dropped and counted. */
export interface EntriesRejected {
  readonly type: 'entries-rejected';
  readonly realm: RealmId;
  readonly count: number;
  /** Where in the message, and what was expected there. */
  readonly message: string;
}

/** A realm's buffer was full before it could be read: these entries are lost. */
export interface EntriesMissed {
  readonly type: 'entries-missed';
  readonly realm: RealmId;
  readonly count: number;
}
