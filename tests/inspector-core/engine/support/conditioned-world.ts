/** The engine under conditions, by a clock that the test moves. */
import {
  createConditions,
  type Conditions,
  type ConditionsMemory,
  type ConditionsOptions,
  type Remembered,
  type Trigger,
} from '../../../../inspector-core/conditions/conditions.js';
import {describeAttempts} from '../../../../inspector-core/inject/describe-attempts.js';
import {describeConditions} from '../../../../inspector-core/inject/describe-conditions.js';
import {updateAnInstance} from '../../../../inspector-core/engine/algorithms/update-an-instance.js';
import type {Job} from '../../../../inspector-core/engine/driver/job.js';
import {
  ActiveFetches,
  type StartOptions,
} from '../../../../inspector-core/engine/registration/active-fetches.js';
import type {FetchStorage} from '../../../../inspector-core/engine/storage/fetch-storage.js';
import {
  createLocalBackend,
  describeJob,
} from '../../../../inspector-core/engine/surface/local-backend.js';
import type {Fact} from '../../../../inspector-core/protocol/protocol.js';
import type {Clock} from '../../../../inspector-core/seams/clock.js';
import type {Network} from '../../../../inspector-core/seams/network.js';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import {storedRequest} from './fetches.js';
import {makeSeams, readStored, SCOPE, type Seams} from './jobs.js';
import {makeMortal} from './mortal-storage.js';
import {until} from './scripted.js';

/** So that the clock, which tests move, decides when which byte comes. */
export const PACED = {name: 'Paced', download: 100_000};

/** Each trigger, in the midst of a file of 10,000 bytes. */
export const TRIGGERS: Readonly<Record<Trigger['at'], Trigger>> = {
  call: {at: 'call'},
  request: {at: 'request'},
  headers: {at: 'headers'},
  byte: {at: 'byte', byte: 4_000},
  percent: {at: 'percent', percent: 40},
  time: {at: 'time', ms: 40},
  end: {at: 'end'},
};

/** The clock is moved by so much at least, or a test takes long. */
const STEP_MS = 30;

export interface World {
  readonly seams: Seams;
  readonly fetches: ActiveFetches;
  readonly conditions: Conditions;
  /** What the app had, by the time of its event. */
  readonly seen: readonly Seen[];
  /** What it is told, in order: a result, by its object; an event; that all is over. */
  readonly told: readonly string[];
  /** Gives the app its object of a fetch. */
  readonly watch: (job: Job) => void;
  /** What the log of its worker would have. */
  readonly entries: readonly {readonly at: number; readonly fact: Fact}[];
  /** Whether storage is at work, which takes none of the clock's time. */
  readonly isStoring: () => boolean;
}

export interface Seen {
  readonly event: string;
  readonly reason: string;
  readonly results: readonly string[];
  /** Of each record: the bytes that are there. */
  readonly bodies: readonly Uint8Array[];
}

export interface WorldOptions extends Partial<
  Omit<ConditionsOptions, 'clock' | 'memory'>
> {
  /** Given if it is not to be the one that tests move. */
  readonly clock?: Clock;
  /** Given if it is not to be the real one. */
  readonly network?: Network;
  /** Given if not all whole parts are to be cached, which takes longer. */
  readonly smallestCached?: number;
}

let worlds: World[] = [];

/** A worker's engine under these conditions. */
export function makeWorld({
  network,
  clock: given,
  smallestCached,
  ...settings
}: WorldOptions = {}): World {
  const seams = makeSeams({smallestCached});
  const clock = given ?? seams.clock;
  let remembered: Remembered | undefined;
  const memory: ConditionsMemory = {
    read: async () => remembered,
    write: async (counts) => {
      remembered = counts;
    },
  };
  const conditions = createConditions({
    profile: PACED,
    ...settings,
    clock,
    memory,
  });
  const storing = makeMortal(seams.storage, Math.random);
  const storage = conditions.shapeStorage(storing.storage);
  const entries: World['entries'][number][] = [];
  const append = (fact: Fact): void => {
    entries.push({at: clock.now(), fact});
  };
  describeConditions(conditions, SCOPE, append, new AbortController().signal);
  const seen: Seen[] = [];
  const told: string[] = [];
  let isLooking = false;
  const fetches: ActiveFetches = new ActiveFetches(
    {
      scope: SCOPE,
      permission: async () => conditions.permission ?? 'granted',
      hasActiveWorker: () => true,
      availableSpace: async () => conditions.space,
      dispatch: async (event, job) => {
        isLooking = true;
        told.push(event);
        seen.push(await look(storage, event, job));
        isLooking = false;
      },
      judge: async (call) => conditions.judgeCall(call),
    },
    {
      ...seams,
      clock,
      storage,
      network: conditions.shapeNetwork(network ?? seams.network),
      observation: {observer: describeAttempts(append), lives: 1},
      onKilled: () => {
        fetches.restart().catch(() => {});
      },
    },
  );
  const backend = createLocalBackend({
    fetches,
    storage,
    clock,
    random: createDice(1).stream('engine'),
  });
  const world = {
    seams,
    fetches,
    conditions,
    seen,
    told,
    watch: (job: Job) => {
      let shown = job.snapshot;
      backend.watch(describeJob(job), (snapshot) => {
        const {result, recordsAvailable} = shown;
        shown = updateAnInstance(shown, snapshot).instance;
        if (shown.result !== result) {
          told.push([shown.result, shown.failureReason].join(' ').trim());
        }
        if (shown.recordsAvailable !== recordsAvailable) told.push('over');
      });
    },
    entries,
    isStoring: () => isLooking || storing.calls > 0,
  };
  worlds.push(world);
  return world;
}

async function look(
  storage: FetchStorage,
  event: string,
  job: Job,
): Promise<Seen> {
  const bodies = await Promise.all(
    job.records.map(({generation}, record) =>
      readStored(storage, job.stored.key, record, generation),
    ),
  );
  const results = job.records.map(({result}) => result);
  return {event, reason: job.snapshot.failureReason, results, bodies};
}

/** Ends all worlds, and frees what they stored. */
export async function closeWorlds(): Promise<void> {
  for (const {fetches} of worlds) fetches.stop();
  await Promise.all(worlds.map(({seams}) => seams.close()));
  worlds = [];
}

export async function start(
  {fetches, watch}: World,
  files: readonly {readonly url: string}[],
  options: StartOptions = {},
): Promise<Job> {
  const job = await fetches.start(
    'id',
    files.map(({url}) => ({request: storedRequest({url}), body: undefined})),
    options,
  );
  watch(job);
  return job;
}

/** Moves the clock until the app has had its event. */
export async function end({seams: {clock}, seen}: World): Promise<Seen> {
  await until(async () => {
    const [next] = clock.due;
    if (next !== undefined) {
      await clock.advance(Math.max(STEP_MS, next - clock.now()));
    }
    return seen.length > 0;
  });
  return firstOf(seen);
}

/**
 * The same on a made-up network: there the clock stands still until storage has
 * answered, so that what happens, and when, is the same each time.
 */
export async function endExactly(world: World): Promise<Seen> {
  const {clock} = world.seams;
  while (world.seen.length === 0) {
    await settle(world);
    const [next] = clock.due;
    if (next !== undefined) await clock.advance(next - clock.now());
  }
  return firstOf(world.seen);
}

/** Resolves when nothing happens any more at this time of the clock. */
export async function settle({seams, isStoring}: World): Promise<void> {
  do await seams.clock.advance(0);
  while (isStoring());
}

function firstOf([first]: readonly Seen[]): Seen {
  if (first === undefined) throw new Error('There was no event.');
  return first;
}
