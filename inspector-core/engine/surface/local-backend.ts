import type {Job} from '../driver/job.js';
import {readBlob} from '../driver/read-blob.js';
import type {ActiveFetches} from '../registration/active-fetches.js';
import {matchRecords} from '../registration/match-records.js';
import {whenResponseReady} from '../registration/response-ready.js';
import type {FetchStorage} from '../storage/fetch-storage.js';
import type {Backend, RegistrationDescription} from './backend.js';

/**
 * The engine in the realm in which it runs itself.
 *
 * @param ready resolves when what an earlier worker left has been taken up
 */
export function createLocalBackend(
  fetches: ActiveFetches,
  storage: FetchStorage,
  ready: () => Promise<void> = () => Promise.resolve(),
): Backend {
  const find = (key: number): Job => {
    const job = fetches.find(key);
    if (job !== undefined) return job;
    throw new DOMException(
      'The records of this background fetch are not available any more.',
      'InvalidStateError',
    );
  };
  return {
    async fetch(id, inputs, options) {
      await ready();
      return describeJob(await fetches.start(id, inputs, options));
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
    async abort(key) {
      const job = fetches.find(key);
      return job !== undefined && fetches.abort(job);
    },
    async match(key, query, options) {
      const matches = matchRecords(find(key), query, options);
      return Promise.all(
        matches.map(async (match) => {
          const {record, request} = match;
          const place = {key, record, generation: 0};
          const body = await readBlob(storage, place, request.bodyLength);
          return {...match, body};
        }),
      );
    },
    async whenResponseReady(key, match) {
      return whenResponseReady(find(key), match);
    },
    watch(key, onChange) {
      const job = fetches.find(key);
      if (job === undefined) return;
      const ended = new AbortController();
      let isQueued = false;
      const onUpdate = (): void => {
        if (isQueued) return;
        isQueued = true;
        // "Queue a task …": not in the middle of what the engine is doing.
        queueMicrotask(() => {
          isQueued = false;
          const {snapshot} = job;
          if (!snapshot.recordsAvailable) ended.abort();
          onChange(snapshot);
        });
      };
      job.listen({onUpdate}, ended.signal);
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
