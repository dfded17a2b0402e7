import type {
  FetchKey,
  FetchState,
} from '../../../inspector-core/projections/fetch-state.js';
import {buildRows, hasChildren, type Row} from '../../timeline/timeline.js';
import {rowSize, rowTops, type PanelSize} from './row-heights.js';

/** Fetches with few records start unfolded while there are few of them. */
const UNFOLDED_AT_FIRST = {fetches: 6, children: 6};

/** How the rows differ from those before. */
export interface RowChange {
  /** Another number, order or height of rows. */
  readonly isNewLayout: boolean;
  /** Rows more than there were; 0 at first. */
  readonly added: number;
  /** Fetches among them. */
  readonly addedFetches: number;
}

/** Which rows there are, which are unfolded, and where each begins. */
export class RowTree {
  readonly #expanded = new Map<FetchKey, boolean>();
  #size: PanelSize = 'wide';
  #tops: Float64Array = new Float64Array(1);
  rows: readonly Row[] = [];

  /** Takes in the fetches as they are now. */
  update(fetches: readonly FetchState[], size: PanelSize): RowChange {
    this.#meet(fetches);
    const before = this.rows;
    this.rows = buildRows(fetches, (key) => this.#expanded.get(key) ?? false);
    const isNewLayout =
      size !== this.#size ||
      this.rows.length !== before.length ||
      this.rows.some((row, index) => row.key !== before[index]?.key);
    if (isNewLayout) this.#tops = rowTops(this.rows, size);
    this.#size = size;
    const more = before.length === 0 ? [] : this.rows.slice(before.length);
    return {
      isNewLayout,
      added: more.length,
      addedFetches: more.filter((row) => row.kind === 'fetch').length,
    };
  }

  /** Folds or unfolds a fetch; says whether that changed anything. */
  toggle(row: Row | undefined, isOpen?: boolean): boolean {
    if (row?.kind !== 'fetch' || !hasChildren(row.fetch)) return false;
    const next = isOpen ?? !row.isExpanded;
    if (next === row.isExpanded) return false;
    this.#expanded.set(row.fetch.key, next);
    return true;
  }

  /** The row of the fetch that a row belongs to. */
  parentOf(index: number): number {
    let parent = index;
    while (parent > 0 && this.rows[parent]?.kind !== 'fetch') parent -= 1;
    return parent;
  }

  /** Pixels of all rows together. */
  get height(): number {
    return this.#tops[this.rows.length] ?? 0;
  }

  /** Pixels above a row. */
  topOf(index: number): number {
    return this.#tops[index] ?? 0;
  }

  heightOf(index: number): number {
    const row = this.rows[index];
    return row === undefined ? 26 : rowSize(row, this.#size).row;
  }

  /** Middle of a row's lane, from the top of all rows. */
  middleOf(index: number): number {
    const row = this.rows[index];
    if (row === undefined) return 0;
    const size = rowSize(row, this.#size);
    return (this.#tops[index] ?? 0) + size.row - size.lane / 2;
  }

  /** Decided once, when a fetch is first seen: nothing folds by itself later. */
  #meet(fetches: readonly FetchState[]): void {
    for (const fetch of fetches) {
      if (this.#expanded.has(fetch.key) || !hasChildren(fetch)) continue;
      this.#expanded.set(
        fetch.key,
        this.#expanded.size < UNFOLDED_AT_FIRST.fetches &&
          fetch.records.length <= UNFOLDED_AT_FIRST.children,
      );
    }
  }
}
