import type {Row} from '../../timeline/timeline.js';

/** How wide the panel is, which decides its shape. */
export type PanelSize = 'narrow' | 'medium' | 'wide';

/** Pixels of a row, and of the lane in it. */
export interface RowSize {
  readonly row: number;
  readonly lane: number;
}

/** Narrow, the lane lies under its name; else beside it. */
export function rowSize({kind}: Row, size: PanelSize): RowSize {
  const lane = kind === 'fetch' ? 26 : 20;
  return {row: size === 'narrow' ? lane + 22 : lane, lane};
}

/** Pixels of the lanes that the tree must leave, and of the tree itself. */
export const LEAST = {lanes: 160, tree: 260};

/**
 * Pixels of the tree: as many as the user chose, or a share of the panel's, so
 * that ids are cut off only where there is no room for them.
 */
export function treeWidth(
  size: PanelSize,
  width: number,
  chosen: number | undefined,
): number {
  if (size === 'narrow') return 0;
  const most = Math.max(LEAST.tree, width - LEAST.lanes);
  const wanted = chosen ?? Math.min(600, Math.max(324, width * 0.36));
  return Math.round(Math.min(most, Math.max(LEAST.tree, wanted)));
}

/** How much room the cells of a row have: not all of it is shown in little. */
export const cellRoom = (width: number): 'much' | 'little' | 'least' =>
  width < 300 ? 'least' : width < 420 ? 'little' : 'much';

/** Tops of all rows, and behind them the height of all. */
export function rowTops(rows: readonly Row[], size: PanelSize): Float64Array {
  const tops = new Float64Array(rows.length + 1);
  for (const [index, row] of rows.entries()) {
    tops[index + 1] = (tops[index] ?? 0) + rowSize(row, size).row;
  }
  return tops;
}
