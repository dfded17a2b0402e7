import type {BackgroundFetchManager} from '../../../inspector-core/platform/background-fetch.js';

/** Sends a message to all pages of the origin. */
export type Post = (message: unknown) => Promise<void>;

/** The global of a realm, as far as the tests' scripts use it. */
export interface WorkerSelf extends EventTarget {
  readonly registration: ServiceWorkerRegistration & {
    readonly backgroundFetch: BackgroundFetchManager;
  };
  /** Of a service worker. */
  readonly clients?: {
    matchAll(options: {
      readonly includeUncontrolled: boolean;
    }): Promise<readonly MessagePort[]>;
  };
  postToPages?: Post;
  importScripts(url: string): void;
  [name: string]: unknown;
}

/** Becomes text: it can use nothing from around it. */
export type RealmScript<A, R> = (self: WorkerSelf, argument: A) => R;

/** A script to run, and what it is given. */
export interface Command {
  readonly script: string;
  readonly argument: unknown;
}

export interface Answer {
  readonly value?: unknown;
  readonly error?: string;
}
