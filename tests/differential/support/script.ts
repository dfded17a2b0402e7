import type {
  BackgroundFetchManager,
  BackgroundFetchRegistration,
  BackgroundFetchUpdateUIEvent,
} from '../../../inspector-core/platform/background-fetch.js';
import type {ServedRequest, Step} from '../../../scripts/wtr/scripted-step.js';

/** What can be compared: JSON, and nothing that depends on time. */
export type Fact =
  | string
  | number
  | boolean
  | undefined
  | readonly Fact[]
  | {readonly [name: string]: Fact};

/** A file on the scripted server. */
export interface ServedFile {
  readonly url: string;
  /** The requests that there were. */
  readonly log: () => Promise<readonly ServedRequest[]>;
  /** Cuts the connection that a step `drop` holds. */
  readonly cut: () => Promise<void>;
  /** Lets go on what a step `holdHead` holds, once it holds it. */
  readonly release: () => Promise<void>;
}

/** What a script's page has to work with. */
export interface Lab {
  readonly manager: BackgroundFetchManager;
  readonly registration: ServiceWorkerRegistration;
  /** Of this script alone; more are made by adding to it. */
  readonly id: string;
  /** What happened, in order; what the script adds, and the worker's events. */
  readonly order: string[];
  readonly file: (size: number, ...steps: readonly Step[]) => ServedFile;
  /** The worker's facts of the event that ended a fetch. */
  readonly ended: (id?: string) => Promise<Fact>;
  /** Has the worker call `inWorker.run`. */
  readonly askWorker: () => Promise<Fact>;
}

/** What a script's worker has to work with. */
export interface WorkerLab {
  readonly registration: ServiceWorkerRegistration & {
    readonly backgroundFetch: BackgroundFetchManager;
  };
}

/**
 * One use of the API, as an app would make it. Run once on each side; the facts
 * that it returns are compared.
 */
export interface Script {
  readonly name: string;
  readonly run: (lab: Lab) => Promise<Fact>;
  /** What the worker does while it handles the event that ends a fetch. */
  readonly onEvent?: (
    event: BackgroundFetchUpdateUIEvent,
    lab: WorkerLab,
  ) => Promise<Fact>;
  /** What the worker does when the page asks it to. */
  readonly inWorker?: (lab: WorkerLab, id: string) => Promise<Fact>;
}

export type Registration = BackgroundFetchRegistration;
