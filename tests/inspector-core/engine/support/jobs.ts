import {expect} from '@esm-bundle/chai';
import {Job} from '../../../../inspector-core/engine/driver/job.js';
import {
  makePool,
  type DriverSeams,
} from '../../../../inspector-core/engine/driver/seams.js';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {createSystemNetwork} from '../../../../inspector-core/seams/system-network.js';
import type {
  FetchStorage,
  NewFetch,
  StoredRequest,
} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {createIdbStorage} from '../../../../inspector-core/engine/storage/idb-storage.js';
import {newFetch} from './fetches.js';
import type {Step} from '../../../../scripts/wtr/scripted-step.js';
import {scripted, until} from './scripted.js';
import {deleteStored} from './stored.js';

export const SCOPE = newFetch().scope;

export type Seams = Omit<DriverSeams, 'clock'> & {
  readonly databaseName: string;
  readonly clock: ReturnType<typeof createManualClock>;
  close(): Promise<void>;
};

let serial = 0;

/** The real network, a database of its own, and a clock that stands still. */
export function makeSeams({
  // Of parts of 1,000 bytes, those that are whole are cached.
  smallestCached = 1_000,
  ...options
}: Partial<DriverSeams> & {
  readonly partSize?: number;
  readonly smallestCached?: number | undefined;
} = {}): Seams {
  serial += 1;
  const databaseName = `engine-job-${Date.now()}-${serial}`;
  const storage = createIdbStorage({name: databaseName, smallestCached});
  return {
    databaseName,
    network: createSystemNetwork(),
    storage,
    pool: makePool(options.partSize ?? 1_000),
    ...options,
    clock: createManualClock(),
    async close() {
      await storage.close();
      await deleteStored(databaseName);
    },
  };
}

/** New ones for each test of a file, closed behind it. */
export function useSeams(options?: Parameters<typeof makeSeams>[0]): Seams {
  const seams = makeSeams(options);
  beforeEach(() => {
    Object.assign(seams, makeSeams(options));
  });
  afterEach(() => seams.close());
  return seams;
}

/** A fetch of these requests, stored and not yet begun. */
export async function makeJob(
  seams: Seams,
  requests: readonly StoredRequest[],
  options: Partial<NewFetch> = {},
): Promise<Job> {
  const {storage} = seams;
  const key = await storage.begin(newFetch(options), requests);
  await storage.finish(
    key,
    requests.map(() => undefined),
  );
  return loadJob(seams, key);
}

/** As the next worker takes it up. */
export async function loadJob(seams: Seams, key: number): Promise<Job> {
  const fetches = await seams.storage.load(SCOPE);
  const stored = fetches.find((fetch) => fetch.key === key);
  if (stored === undefined) throw new Error('The fetch is not stored.');
  return new Job(stored, seams);
}

/**
 * Begins; each wait is over as soon as it begins, and the server cuts what it is
 * to cut.
 */
export async function runToEnd(
  job: Job,
  {clock}: Seams,
  file?: ReturnType<typeof scripted>,
) {
  const state = {isOver: false};
  const over = job.concluded.finally(() => {
    state.isOver = true;
  });
  job.begin();
  await until(async () => {
    if (clock.due.length > 0) await clock.advance(60_000);
    await file?.cut((place) => {
      const {phase, response} = job.records[0] ?? {};
      if (phase !== 'receiving') return false;
      const isEncoded = response?.headers.some(
        ([name]) => name === 'content-encoding',
      );
      return isEncoded === true || job.snapshot.downloaded === place;
    });
    return state.isOver;
  });
  return over;
}

/** Runs a fetch of one file, whose server answers by these steps. */
export async function runScripted(
  seams: Seams,
  size: number,
  steps: readonly Step[],
  change: Partial<StoredRequest> = {},
  options: Partial<NewFetch> = {},
) {
  const file = scripted(size, ...steps);
  const job = await makeJob(seams, [{...file.request, ...change}], options);
  const outcome = await runToEnd(job, seams, file);
  return {file, job, outcome, log: await file.log()};
}

/** The bytes of a record's response that are in storage. */
export async function readStored(
  storage: FetchStorage,
  key: number,
  record: number,
  generation: number,
): Promise<Uint8Array> {
  const blob: Blob[] = [];
  let position = 0;
  for (;;) {
    const part = await storage.readPart({key, record, generation}, position);
    if (part === undefined) break;
    if (part.from !== position) throw new Error('Parts overlap.');
    blob.push(new Blob([part.bytes]));
    position += part.bytes.length;
  }
  return new Uint8Array(await new Blob(blob).arrayBuffer());
}

/** The same, of a job's record as it is now. */
export function readRecord(
  {storage}: Seams,
  job: Job,
  record = 0,
): Promise<Uint8Array> {
  const {generation = Number.NaN} = job.records[record] ?? {};
  return readStored(storage, job.stored.key, record, generation);
}

/** Fails with a short message where two long arrays differ. */
export function expectSame(actual: Uint8Array, expected: Uint8Array): void {
  expect(actual.length).to.equal(expected.length);
  expect(actual.findIndex((byte, at) => byte !== expected[at])).to.equal(-1);
}

/** That just this is stored of a job's record. */
export async function expectStored(
  seams: Seams,
  job: Job,
  content: Uint8Array,
  record = 0,
): Promise<void> {
  expectSame(await readRecord(seams, job, record), content);
}
