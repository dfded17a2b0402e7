import {
  isSameProgress,
  type Snapshot,
} from '../algorithms/update-an-instance.js';
import type {Job} from '../driver/job.js';
import {readBlob} from '../driver/read-blob.js';
import type {ActiveFetches} from '../registration/active-fetches.js';
import {makeNativeRefusal} from '../registration/admit-a-fetch.js';
import {controlFetch} from '../registration/control-fetch.js';
import {makeExpiredError} from '../registration/errors.js';
import {matchRecords} from '../registration/match-records.js';
import {whenBytesReady, whenHeadReady} from '../registration/response-ready.js';
import {whenComplete} from '../registration/when-complete.js';
import type {Profile} from '../profile/profile.js';
import {SPEC} from '../profile/spec.js';
import type {Clock} from '../../seams/clock.js';
import type {WorldConditions} from '../../seams/world-conditions.js';
import type {Random} from '../../seams/random.js';
import type {FetchStorage} from '../storage/fetch-storage.js';
import type {CallVerdict} from '../../seams/verdict.js';
import type {FetchCall} from '../../seams/world-conditions.js';
import type {Backend, RegistrationDescription} from './backend.js';
import {Holds} from './holds.js';
import {describeError} from './page-messages.js';
import {throttleProgress} from './throttle-progress.js';

export interface LocalEngine {
  readonly fetches: ActiveFetches;
  readonly storage: FetchStorage;
  readonly clock: Clock;
  readonly random: Random;
  readonly profile?: Profile;
  readonly conditions?: WorldConditions | undefined;
  readonly hasActiveWorker?: () => boolean;
  /** What a call of the browser's own is to reject for. */
  readonly judge?: (call: FetchCall) => Promise<CallVerdict | undefined>;
  /** Resolves when what an earlier worker left has been taken up. */
  readonly ready?: () => Promise<void>;
}

/** The engine in the realm in which it runs itself. */
export function createLocalBackend({
  fetches,
  storage,
  clock,
  random,
  profile = SPEC,
  conditions,
  hasActiveWorker = () => true,
  judge = () => Promise.resolve(undefined),
  ready = () => Promise.resolve(),
}: LocalEngine): Backend {
  const find = (key: number): Job => {
    const job = fetches.find(key);
    if (job !== undefined) return job;
    throw makeExpiredError();
  };
  /** What a job was stopped in the middle of is done with its successor. */
  const whileRunning = async <T>(
    job: Job,
    work: (job: Job) => Promise<T>,
  ): Promise<T> => {
    try {
      return await work(job);
    } catch (error) {
      const successor = job.hasStopped
        ? await fetches.successorOf(job)
        : undefined;
      if (successor === undefined) throw error;
      return whileRunning(successor, work);
    }
  };
  const holds = new Holds(random);
  const rules = profile.fetches;
  return {
    profile,
    hasActiveWorker,
    async fetch(id, inputs, options) {
      await ready();
      return describeJob(await fetches.start(id, inputs, options));
    },
    async judge(call) {
      const verdict = await judge(call);
      return verdict && describeError(makeNativeRefusal(verdict));
    },
    async get(id) {
      await ready();
      const job = fetches.get(id);
      return job && describeJob(job);
    },
    async getIds() {
      await ready();
      return fetches.getIds();
    },
    async describe(key) {
      await ready();
      const job = await fetches.findLoaded(key);
      return job && describeJob(job);
    },
    async abort(key) {
      await ready();
      const job = fetches.find(key);
      return job !== undefined && fetches.abort(job);
    },
    async control(id, action) {
      await ready();
      return controlFetch(fetches, id, action);
    },
    async conditions(file) {
      if (conditions === undefined) return undefined;
      await conditions.ready;
      if (file !== undefined) conditions.apply(file);
      return {file: conditions.toJSON(), state: conditions.state};
    },
    drop: () => fetches.drop(),
    async revive() {
      fetches.revive();
    },
    async match(key, query, options) {
      await ready();
      const job = find(key);
      const matches = matchRecords(job, query, options, rules);
      return Promise.all(
        matches.map(async (match) => {
          const {record, request} = match;
          const place = {key, record, generation: 0};
          const isLost =
            !rules.keepsSentBodies &&
            job.records[record]?.phase === 'settled' &&
            job.records[record]?.response !== undefined;
          const body = isLost
            ? undefined
            : await readBlob(storage, place, request.bodyLength);
          return {...match, key, body};
        }),
      );
    },
    async open({key, ...match}) {
      await ready();
      return whileRunning(find(key), async (job) => {
        const release = job.use();
        try {
          const opened = rules.streams
            ? {head: await whenHeadReady(job, match)}
            : await whenComplete(job, match);
          if (opened === undefined) {
            release();
            return 'never';
          }
          const hold = holds.add({job, release});
          if (!('match' in opened)) return {...opened, hold};
          return {...opened, match: {key, ...opened.match}, hold};
        } catch (error) {
          release();
          throw error;
        }
      });
    },
    async read({key, ...match}, hold, position) {
      await ready();
      return whileRunning(holds.jobOf(hold) ?? find(key), (job) => {
        // An earlier worker's hold is gone, and its reader does not know.
        holds.keep(hold, job);
        return whenBytesReady(job, match, position);
      });
    },
    release(hold) {
      holds.release(hold);
    },
    watch({key, snapshot: shown}, onChange, signal) {
      if (signal?.aborted === true) return;
      const ended = new AbortController();
      const end = (): void => ended.abort();
      signal?.addEventListener('abort', end, {signal: ended.signal});
      // "Queue a task …": not in the middle of what the engine is doing.
      const tell = throttleProgress(clock, onChange, signal, rules);
      const onUpdate = (snapshot: Snapshot): void => {
        if (!snapshot.recordsAvailable) end();
        tell(snapshot);
      };
      const listen = (job: Job): void => {
        const onStop = (): void => {
          void fetches.successorOf(job).then((successor) => {
            if (successor === undefined) return;
            onUpdate(successor.snapshot);
            listen(successor);
          });
        };
        job.listen({onUpdate, onStop}, ended.signal);
      };
      void fetches.findLoaded(key).then((job) => {
        const snapshot = job?.snapshot ?? {...shown, recordsAvailable: false};
        // What came about before anybody listened.
        if (!snapshot.recordsAvailable || !isSameProgress(snapshot, shown)) {
          onUpdate(snapshot);
        }
        if (job !== undefined) listen(job);
      });
    },
  };
}

/** What is told of a fetch to a realm that has no instance of it yet. */
export function describeJob({stored, snapshot}: Job): RegistrationDescription {
  return {
    key: stored.key,
    id: stored.id,
    uploadTotal: stored.records.reduce(
      (sum, {request}) => sum + (request.bodyLength ?? 0),
      0,
    ),
    downloadTotal: stored.downloadTotal,
    snapshot,
  };
}
