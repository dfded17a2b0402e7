import type {AttemptContext} from '../../seams/network.js';
import type {ReachedAt} from './schedule.js';

interface RecordProgress {
  readonly position: number;
  readonly total: number | undefined;
}

export type Reached = readonly [percent: number, elapsed: number];

/** When fetches first came how far: what a schedule may wait for. */
export interface ProgressBook {
  readonly reachedAt: ReachedAt;
  /** What was reached so far, and when. */
  readonly reached: readonly Reached[];
  /**
   * A record has so many bytes, of so many.
   *
   * @returns whether a percent was reached that none had reached before, and
   *   how many bytes of this fetch there are until the next one
   */
  report(
    context: AttemptContext,
    position: number,
    total: number | undefined,
    elapsed: number,
  ): {readonly hasReached: boolean; readonly left: number};
}

/**
 * @param percents those that are to be noticed
 * @param known those of them that were reached before
 */
export function createProgressBook(
  percents: readonly number[],
  known: readonly Reached[] = [],
): ProgressBook {
  const reached = new Map(known);
  const open = new Set(percents.filter((percent) => !reached.has(percent)));
  /** By key: of another fetch with this id other bytes have come. */
  const fetches = new Map<number, Map<number, RecordProgress>>();

  return {
    reachedAt: (percent) => reached.get(percent),
    get reached() {
      return [...reached];
    },
    report(context, position, total, elapsed) {
      // Nothing is noted that nobody will ask for.
      if (open.size === 0) {
        fetches.clear();
        return {hasReached: false, left: Infinity};
      }
      const {key, record} = context;
      const records = fetches.get(key) ?? new Map<number, RecordProgress>();
      fetches.set(key, records);
      records.set(record, {position, total});
      const all = totalOf(context, records);
      if (all === undefined) return {hasReached: false, left: Infinity};
      let sum = 0;
      for (const one of records.values()) sum += one.position;
      let hasReached = false;
      let left = Infinity;
      for (const percent of open) {
        const due = Math.ceil((all * percent) / 100);
        if (sum >= due) {
          open.delete(percent);
          reached.set(percent, elapsed);
          hasReached = true;
        } else left = Math.min(left, due - sum);
      }
      return {hasReached, left};
    },
  };
}

/** Bytes of all a fetch's records; undefined while that is not known. */
function totalOf(
  {downloadTotal, records}: AttemptContext,
  known: ReadonlyMap<number, RecordProgress>,
): number | undefined {
  if (downloadTotal > 0) return downloadTotal;
  if (known.size < records) return undefined;
  let sum = 0;
  for (const {total} of known.values()) {
    if (total === undefined) return undefined;
    sum += total;
  }
  return sum;
}
