import type {BytePoint} from '../../inspector-core/projections/fetch-state.js';
import type {Scale} from './scale.js';

/** Which of the two counts of a curve is meant. */
export type Direction = 'downloaded' | 'uploaded';

export interface PixelPoint {
  readonly x: number;
  readonly y: number;
}

/**
 * A byte curve in pixels: at most one point per column, since more cannot be
 * seen, and only columns in view plus one neighbour at each side. `y` runs from
 * `height` (none) to 0 (all).
 */
export function binCurve(
  curve: readonly BytePoint[],
  direction: Direction,
  scale: Scale,
  {total, height}: {readonly total: number; readonly height: number},
): readonly PixelPoint[] {
  if (total <= 0) return [];
  const points: PixelPoint[] = [];
  let before: PixelPoint | undefined;
  let column = Number.NaN;
  for (const point of curve) {
    const x = scale.x(point.at);
    const y = height * (1 - Math.min(1, point[direction] / total));
    if (x < 0) {
      before = {x, y};
      continue;
    }
    if (before !== undefined && points.length === 0) points.push(before);
    if (Math.floor(x) === column) points[points.length - 1] = {x, y};
    else points.push({x, y});
    column = Math.floor(x);
    if (x > scale.width) break;
  }
  if (points.length === 0 && before !== undefined) points.push(before);
  return points;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** SVG path data of straight lines through the points. */
export const linePath = (points: readonly PixelPoint[]): string =>
  points
    .map(({x, y}, index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`)
    .join('');

/** The same, closed along the bottom. */
export function areaPath(
  points: readonly PixelPoint[],
  height: number,
): string {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  return `${linePath(points)}L${round(last.x)} ${height}L${round(first.x)} ${height}Z`;
}
