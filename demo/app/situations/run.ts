import type {
  BackgroundFetchManager,
  BackgroundFetchRegistration,
} from '../../../inspector-core/platform/background-fetch.js';
import {attempt, startFetch} from '../calls.js';
import type {Catalogue} from '../catalogue.js';
import type {WorkerEventReport} from '../messages.js';
import {
  allSeen,
  see,
  seenFact,
  takeSnapshot,
  type Seen,
  type Snapshot,
} from '../seen.js';
import {downloads} from './downloads.js';
import {network} from './network.js';
import {realms} from './realms.js';
import {refusals} from './refusals.js';
import type {
  FetchEnd,
  Situation,
  SituationContext,
  SituationGroup,
} from './situation.js';
import {workerEvents} from './worker-events.js';

/** Every situation of the demo, in the order of the page. */
export const groups: readonly SituationGroup[] = [
  downloads,
  network,
  refusals,
  workerEvents,
  realms,
];

/** What a run did and how it came out. */
export interface SituationRun {
  readonly situation: string;
  /** Ids given to fetch(), in order; also those that were refused. */
  readonly ids: readonly string[];
  readonly ends: readonly FetchEnd[];
  /** What the page saw while it ran. */
  readonly seen: readonly Seen[];
}

export function findSituation(name: string): Situation | undefined {
  return groups
    .flatMap(({situations}) => situations)
    .find((situation) => situation.name === name);
}

// Two loads of the page must not use the same id or URL.
const load = Date.now().toString(36);
let runs = 0;

/** Runs one situation to its end. */
export async function runSituation(
  {name, run}: Situation,
  manager: BackgroundFetchManager,
  catalogue: Catalogue,
): Promise<SituationRun> {
  runs += 1;
  const prefix = `${name}.${load}${runs}`;
  const from = allSeen.length;
  const ids: string[] = [];
  const ends: FetchEnd[] = [];
  const context: SituationContext = {
    manager,
    catalogue,
    id: (number) => (number === undefined ? prefix : `${prefix}.${number}`),
    resource: (file, query) => `/resource?id=${prefix}.${file}&${query}`,
    start: async (id, requests, options = {}) => {
      ids.push(id);
      return startFetch(manager, id, requests, options);
    },
    end: async (registration) => {
      const end = await waitForEnd(manager, registration);
      ends.push(end);
      return end;
    },
    download: async (id, requests, options) => {
      const registration = await context.start(id, requests, options);
      if (registration !== undefined) await context.end(registration);
    },
    abort: async (registration) => {
      await attempt('abort', registration.id, () => registration.abort());
    },
    firstBytes: async ({id}) => {
      await seenFact(
        (entry): entry is SeenProgress =>
          entry.type === 'progress' && entry.id === id && entry.downloaded > 0,
      );
    },
    note: (text) => see({type: 'note', id: prefix, text}),
  };
  await run(context);
  return {situation: name, ids, ends, seen: allSeen.slice(from)};
}

type SeenProgress = Seen & {readonly type: 'progress'} & Snapshot;
type SeenEnd = Seen & WorkerEventReport;

/**
 * Waits for the page's last progress event and for the worker's report, which
 * come in either order. The event may not come at all: a fetch can end before
 * the browser knows of the object that observes it, whose `result` then stays
 * empty for ever. What the browser sent before it woke the worker is here once
 * it has answered another call.
 */
async function waitForEnd(
  manager: BackgroundFetchManager,
  registration: BackgroundFetchRegistration,
): Promise<FetchEnd> {
  const {id} = registration;
  const worker = await seenFact(
    (entry): entry is SeenEnd =>
      entry.type === 'worker-event' &&
      entry.id === id &&
      entry.event !== 'backgroundfetchclick',
  );
  if (registration.result === '') await manager.get(id);
  if (registration.result === '') {
    see({type: 'note', id, text: 'no progress event brought the result'});
  }
  return {final: takeSnapshot(registration), worker};
}
