// https://wicg.github.io/background-fetch/#service-worker-registration-concepts
import type {
  BackgroundFetchEventName,
  BackgroundFetchUIOptions,
} from '../../platform/background-fetch.js';
import type {CallVerdict} from '../../seams/verdict.js';
import type {FetchCall} from '../../seams/world-conditions.js';
import {Job} from '../driver/job.js';
import type {DriverSeams} from '../driver/seams.js';
import type {FetchRules} from '../profile/fetch-rules.js';
import {SPEC} from '../profile/spec.js';
import {createSerialQueue} from '../serial-queue.js';
import type {NewFetch, StoredFetch} from '../storage/fetch-storage.js';
import {admitAFetch, type Circumstances} from './admit-a-fetch.js';
import {concludeAFetch, type Conclusion} from './conclude-a-fetch.js';
import {STOPPED} from './errors.js';
import {LastFetches} from './last-fetches.js';
import {storeAFetch, type FetchInput} from './store-a-fetch.js';
import {Turns} from './turns.js';

/** What the worker that the fetches belong to says and does. */
export interface Host
  extends
    Pick<Circumstances, 'permission' | 'hasActiveWorker' | 'availableSpace'>,
    Pick<Conclusion, 'dispatch'> {
  /** The registration's scope. */
  readonly scope: string;
  /** Why conditions refuse a call. */
  readonly judge?: (call: FetchCall) => Promise<CallVerdict | undefined>;
}

export interface StartOptions extends BackgroundFetchUIOptions {
  readonly downloadTotal?: number;
}

/**
 * The background fetches of one service worker registration: its "active
 * background fetches" and its "edit queue", and those whose event is not over.
 */
export class ActiveFetches {
  readonly #host: Host;
  readonly #seams: DriverSeams;
  #edit = createSerialQueue();
  readonly #active = new Map<string, Job>();
  readonly #jobs = new Map<number, Job>();
  readonly #latest = new LastFetches();
  readonly #rules: FetchRules;
  readonly #turns = new Turns();
  #isDropped = false;
  #loaded: Promise<void> = Promise.resolve();

  constructor(host: Host, seams: DriverSeams) {
    this.#host = host;
    this.#seams = seams;
    this.#rules = (seams.profile ?? SPEC).fetches;
  }

  /** Takes up what an earlier worker left; to be awaited before anything else. */
  load(): Promise<void> {
    return this.#edit(async () => {
      if (this.#isDropped) return;
      const fetches = await this.#seams.storage.load(this.#host.scope);
      for (const stored of fetches) {
        if (!this.#jobs.has(stored.key)) this.#perform(stored);
      }
    });
  }

  /** What `fetch()` does once its arguments are converted. */
  async start(
    id: string,
    inputs: readonly FetchInput[],
    {title, icons = [], downloadTotal = 0}: StartOptions = {},
  ): Promise<Job> {
    // "Enqueue the following steps to registration's edit queue:"
    const queue = this.#edit;
    return queue(async () => {
      const wanted = {id, downloadTotal};
      const verdict = await this.#host.judge?.({
        fetchId: id,
        requests: inputs.map(({request}) => request),
      });
      await admitAFetch(this.#circumstances, this.#rules, wanted, verdict);
      const {scope} = this.#host;
      const fetch: NewFetch = {
        scope,
        id,
        downloadTotal,
        title,
        icons,
        createdAt: this.#seams.clock.now(),
      };
      const stored = await storeAFetch(this.#seams.storage, fetch, inputs);
      if (this.#edit === queue) return this.#perform(stored);
      // Nobody who asked for it lives to hear of it; but if it is found, it runs.
      if ((await this.findLoaded(stored.key)) === undefined) {
        await this.#seams.storage.delete(stored.key);
      }
      throw new TypeError(STOPPED);
    });
  }

  get #circumstances(): Circumstances {
    const {permission, hasActiveWorker, availableSpace, scope} = this.#host;
    return {
      permission,
      hasActiveWorker: () => !this.#isDropped && hasActiveWorker(),
      availableSpace,
      isTaken: (id) => this.get(id) !== undefined,
      count: async () => {
        const others = await this.#seams.storage.countActiveOutside(scope);
        return this.getIds().length + others;
      },
    };
  }

  /** The fetch that runs under this id. */
  get(id: string): Job | undefined {
    const job = this.#active.get(id);
    return job?.isActive === true ? job : undefined;
  }

  /** Ids of those that run, in the order in which they were started. */
  getIds(): string[] {
    return [...this.#active.keys()].filter((id) => this.get(id) !== undefined);
  }

  /** By its key: also one that has ended, as long as its event is not over. */
  find(key: number): Job | undefined {
    return this.#jobs.get(key);
  }

  /** The same, once all is taken up that a restart left. */
  async findLoaded(key: number): Promise<Job | undefined> {
    await this.#loaded.catch(() => {});
    return this.find(key);
  }

  /** "Enqueue … to the edit queue: … remove …, set the abort all flag." */
  abort(job: Job): Promise<boolean> {
    return this.#edit(async () => {
      const isAborted = await job.abort();
      if (isAborted) this.#turns.end(job);
      return isAborted;
    });
  }

  /** "… set its abort all flag": it stays active until its records are done. */
  async abortByUser(job: Job): Promise<boolean> {
    const isAborted = await job.abort('user');
    if (isAborted) this.#turns.end(job);
    return isAborted;
  }

  /**
   * Fires an event by hand, and counts it nowhere: of the fetch that runs under
   * this id, or else of the last one that did. False if there was none.
   */
  fireAgain(id: string, name: BackgroundFetchEventName): boolean {
    const job = this.get(id) ?? this.#latest.get(id);
    if (job === undefined) return false;
    this.#host.dispatch(name, job, () => {}).catch(() => {});
    return true;
  }

  /** The worker stops: what runs is taken up by the next `load`. */
  stop(): void {
    for (const job of this.#jobs.values()) job.stop();
  }

  /**
   * Forgets all that is not stored, in the middle of whatever it is, and takes
   * it up from there: as if the worker had been killed and another one started.
   */
  async restart(): Promise<void> {
    const jobs = this.#forget();
    this.#edit = createSerialQueue();
    // First: who hears that a job has stopped looks for the one after it.
    this.#loaded = this.load();
    for (const job of jobs) job.stop();
    await this.#loaded;
  }

  /** The job that goes on where one was stopped by a restart. */
  async successorOf(job: Job): Promise<Job | undefined> {
    const successor = await this.findLoaded(job.stored.key);
    return successor === job ? undefined : successor;
  }

  /** Ends all fetches without an event, and frees what they stored. */
  async clear(): Promise<void> {
    for (const job of this.#forget()) {
      void job.expire();
      job.stop();
    }
    this.#edit = createSerialQueue();
    const {scope} = this.#host;
    await this.#edit(async () => {
      const {storage} = this.#seams;
      const keys = (await storage.scopes()).get(scope) ?? [];
      await Promise.all(keys.map((key) => storage.delete(key)));
    });
  }

  /** Gives the jobs that there were. */
  #forget(): readonly Job[] {
    const jobs = [...this.#jobs.values()];
    this.#active.clear();
    this.#jobs.clear();
    this.#latest.clear();
    this.#turns.clear();
    return jobs;
  }

  /** The registration is gone: no events, and nothing is kept. */
  async drop(): Promise<void> {
    this.#isDropped = true;
    const letGo = (): void => {
      for (const job of this.#jobs.values()) void job.expire();
      this.stop();
    };
    letGo();
    await this.#edit(async () => {
      // One may have been started before this piece of work had its turn.
      letGo();
      const {storage} = this.#seams;
      // Not the scope: another registration may have it by now.
      await Promise.all(
        this.#forget().map(({stored}) => storage.delete(stored.key)),
      );
    });
  }

  /** The registration is there again: new fetches are taken. */
  revive(): void {
    this.#isDropped = false;
  }

  #perform(stored: StoredFetch): Job {
    const job = new Job(stored, this.#seams);
    this.#jobs.set(stored.key, job);
    this.#latest.add(job);
    const isActive = stored.outcome === undefined && stored.wasAborted !== true;
    if (isActive) {
      // Behind the others, though there was one of this id before.
      this.#active.delete(stored.id);
      this.#active.set(stored.id, job);
    }
    void concludeAFetch(job, this.#seams.storage, {
      dispatch: this.#host.dispatch,
      onOutcome: () => {
        // "If bgFetchMap[id] is bgFetch, then remove bgFetchMap[id]."
        if (this.#active.get(stored.id) === job) this.#active.delete(stored.id);
      },
      onOver: () => this.#jobs.delete(stored.key),
    });
    if (isActive && this.#rules.oneAtATime) this.#turns.wait(job);
    else job.begin();
    return job;
  }
}
