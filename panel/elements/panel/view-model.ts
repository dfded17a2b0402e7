import {
  isOver,
  type FetchKey,
  type FetchState,
} from '../../../inspector-core/projections/fetch-state.js';
import type {InspectorState} from '../../../inspector-core/projections/state.js';
import type {
  EpochMs,
  SourceKind,
} from '../../../inspector-core/protocol/protocol.js';
import type {Outcome} from '../../events/settings-event.js';
import {fetchSubject, matchesFilter, type Filter} from '../../filter/filter.js';
import type {TimeSpan} from '../../timeline/timeline.js';
import {NO_COUNTS, type OutcomeCounts} from '../toolbar/toolbar.js';

/** Which chip a fetch belongs to. */
export const outcomeOf = ({phase}: FetchState): Exclude<Outcome, 'all'> =>
  phase === 'requested' ? 'active' : phase;

/** What the filter leaves, what the chips leave of that, and the chips' counts. */
export function selectFetches(
  all: ReadonlyMap<FetchKey, FetchState>,
  filter: Filter,
  outcome: Outcome,
): {readonly fetches: readonly FetchState[]; readonly counts: OutcomeCounts} {
  const counts = {...NO_COUNTS};
  const fetches: FetchState[] = [];
  for (const fetch of all.values()) {
    if (
      filter.terms.length > 0 &&
      !matchesFilter(filter, fetchSubject(fetch))
    ) {
      continue;
    }
    const own = outcomeOf(fetch);
    counts.all += 1;
    counts[own] += 1;
    if (outcome === 'all' || outcome === own) fetches.push(fetch);
  }
  return {fetches, counts};
}

/** Sums for the status line. */
export interface Totals {
  readonly fetches: number;
  readonly records: number;
  readonly received: number;
  readonly sent: number;
}

export function selectTotals(all: ReadonlyMap<FetchKey, FetchState>): Totals {
  let records = 0;
  let received = 0;
  let sent = 0;
  for (const fetch of all.values()) {
    records += fetch.records.length;
    received += fetch.downloaded;
    sent += fetch.uploaded;
  }
  return {fetches: all.size, records, received, sent};
}

/** Whether entries come in: recording was asked for, and there is a page. */
export const isRecording = ({session}: InspectorState): boolean =>
  session.recording && session.attachment.state === 'attached';

/** Whether anything goes on, so that now moves. */
export const isLive = (state: InspectorState): boolean =>
  isRecording(state) &&
  [...state.fetches.all.values()].some(
    (fetch) => !isOver(fetch.phase) || fetch.events.some(isRunning),
  );

const isRunning = ({
  finishedAt,
  handlers,
  waits,
}: FetchState['events'][number]): boolean =>
  finishedAt === undefined && handlers > 0 && waits.length > 0;

/** From the first fetch until now, or until the last thing that happened. */
export function sessionSpan(
  state: InspectorState,
  clock: () => EpochMs,
): TimeSpan {
  let start = Infinity;
  let end = 0;
  for (const fetch of state.fetches.all.values()) {
    start = Math.min(start, fetch.openedAt);
    end = Math.max(end, fetch.lastAt, fetch.settledAt ?? 0);
  }
  if (start === Infinity) {
    for (const {openedAt} of state.realms.values()) {
      start = Math.min(start, openedAt);
    }
    if (start === Infinity) start = 0;
    end = start;
  }
  return {start, end: isLive(state) ? Math.max(end, clock()) : end};
}

const KIND_NAMES: readonly (readonly [SourceKind, string, string])[] = [
  ['page', 'page', 'pages'],
  ['frame', 'frame', 'frames'],
  ['dedicated-worker', 'worker', 'workers'],
  ['shared-worker', 'shared worker', 'shared workers'],
  ['service-worker', 'service worker', 'service workers'],
  ['engine', 'engine', 'engines'],
];

/** `page, 2 frames, service worker` */
export function attachedText({realms}: InspectorState): string {
  const open = [...realms.values()].filter(({phase}) => phase !== 'closed');
  return KIND_NAMES.flatMap(([kind, one, many]) => {
    const count = open.filter(({source}) => source.kind === kind).length;
    return count === 0 ? [] : [count === 1 ? one : `${count} ${many}`];
  }).join(', ');
}

/** Origins whose wire facts would tell more than is known. */
export function wireOffer(
  realms: InspectorState['realms'],
  known: readonly string[],
): readonly string[] {
  const origins = new Set<string>();
  for (const {phase, origin} of realms.values()) {
    if (phase !== 'closed' && /^https?:/.test(origin)) origins.add(origin);
  }
  for (const origin of known) origins.delete(origin);
  return [...origins].slice(0, 20);
}
