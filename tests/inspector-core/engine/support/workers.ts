import type {Job} from '../../../../inspector-core/engine/driver/job.js';
import {
  ActiveFetches,
  type Host,
} from '../../../../inspector-core/engine/registration/active-fetches.js';
import type {FetchInput} from '../../../../inspector-core/engine/registration/store-a-fetch.js';
import type {
  FetchStorage,
  StoredRequest,
} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {makeSeams, SCOPE, type Seams} from './jobs.js';
import {until, type scripted} from './scripted.js';

/** The workers of one registration, one after the other, on one storage. */
export class Workers {
  seams = makeSeams();
  readonly #started: ActiveFetches[] = [];

  get storage(): FetchStorage {
    return this.seams.storage;
  }

  /** Starts one, and notes the events that it was sent. */
  start(options: Partial<Host> = {}, seams: Partial<Seams> = {}) {
    const events: string[] = [];
    const fetches = new ActiveFetches(
      {
        scope: SCOPE,
        permission: () => Promise.resolve('granted'),
        hasActiveWorker: () => true,
        availableSpace: () => Promise.resolve(undefined),
        dispatch: (name, job) => {
          events.push(`${name} ${job.stored.id}`);
          return Promise.resolve();
        },
        ...options,
      },
      {...this.seams, ...seams},
    );
    this.#started.push(fetches);
    return {fetches, events};
  }

  /** Waits until these fetches are over, and nothing is stored any more. */
  async over(...jobs: readonly Job[]): Promise<void> {
    await until(() => jobs.every((job) => !job.snapshot.recordsAvailable));
    await until(async () => (await this.storage.scopes()).size === 0);
  }

  stop(): void {
    for (const worker of this.#started.splice(0)) worker.stop();
  }

  async close(): Promise<void> {
    this.stop();
    await this.seams.close();
  }
}

/** Other ones for each test of a file, closed behind it. */
export function useWorkers(): Workers {
  const workers = new Workers();
  beforeEach(() => {
    workers.seams = makeSeams();
  });
  afterEach(() => workers.close());
  return workers;
}

/** A request for a file, as a worker is given it. */
export const get = ({request}: ReturnType<typeof scripted>): FetchInput => ({
  request,
  body: undefined,
});

/** The same, that sends a body. */
export const post = (
  request: StoredRequest,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): FetchInput => ({request: {...request, method: 'POST'}, body});
