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

/** Tops of all rows, and behind them the height of all. */
export function rowTops(rows: readonly Row[], size: PanelSize): Float64Array {
  const tops = new Float64Array(rows.length + 1);
  for (const [index, row] of rows.entries()) {
    tops[index + 1] = (tops[index] ?? 0) + rowSize(row, size).row;
  }
  return tops;
}
