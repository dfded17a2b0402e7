import {
  isOver,
  type FetchKey,
  type FetchState,
  type RecordState,
  type WorkerEventState,
} from '../../inspector-core/projections/fetch-state.js';

/** One line of the tree, and the lane beside it. */
export type Row =
  | {
      readonly kind: 'fetch';
      readonly key: string;
      readonly fetch: FetchState;
      readonly isExpanded: boolean;
    }
  | {
      readonly kind: 'record';
      readonly key: string;
      readonly fetch: FetchState;
      readonly record: RecordState;
    }
  | {
      readonly kind: 'event';
      readonly key: string;
      readonly fetch: FetchState;
      readonly event: WorkerEventState;
    };

const rowsOf = new WeakMap<FetchState, readonly Row[]>();

/** A fetch's own rows, made once for each state of it. */
function openRows(fetch: FetchState): readonly Row[] {
  const known = rowsOf.get(fetch);
  if (known !== undefined) return known;
  const rows: readonly Row[] = [
    {kind: 'fetch', key: fetch.key, fetch, isExpanded: true},
    ...fetch.records.map((record): Row => ({
      kind: 'record',
      key: `${fetch.key}/record/${record.index}`,
      fetch,
      record,
    })),
    ...fetch.events.map((event): Row => ({
      kind: 'event',
      key: `${fetch.key}/event/${event.key}`,
      fetch,
      event,
    })),
  ];
  rowsOf.set(fetch, rows);
  return rows;
}

/** Whether there is anything to unfold. */
export const hasChildren = (fetch: FetchState): boolean =>
  fetch.records.length + fetch.events.length > 0;

/** What a row shows, apart from where and when. */
export function stateOf(row: Row): readonly unknown[] {
  switch (row.kind) {
    case 'fetch':
      return [row.fetch, row.isExpanded];
    case 'record':
      return [row.fetch, row.record];
    case 'event':
      return [row.fetch, row.event];
  }
}

/** Whether nothing of a fetch goes on, so that its lanes stay as they are. */
export const isFinal = ({phase, events}: FetchState): boolean =>
  isOver(phase) && events.every(({finishedAt}) => finishedAt !== undefined);

/** Whether some were carried out by the browser, and some by the engine. */
export const hasBothRoutes = (fetches: readonly FetchState[]): boolean =>
  fetches.some(({route}) => route !== fetches[0]?.route);

/** All rows, top to bottom: records first, then the worker's events. */
export function buildRows(
  fetches: readonly FetchState[],
  isExpanded: (key: FetchKey) => boolean,
): readonly Row[] {
  const rows: Row[] = [];
  for (const fetch of fetches) {
    if (isExpanded(fetch.key) && hasChildren(fetch)) {
      for (const row of openRows(fetch)) rows.push(row);
    } else {
      rows.push({kind: 'fetch', key: fetch.key, fetch, isExpanded: false});
    }
  }
  return rows;
}
