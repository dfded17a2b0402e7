import {BOUNDS} from './bounds.js';
import type {BytePoint} from './fetch-state.js';

/**
 * Adds a point to a curve that the caller owns. A full curve is thinned evenly
 * in time, so that a fetch of hours keeps its whole shape in a bounded space.
 */
export function extendCurve(curve: BytePoint[], point: BytePoint): void {
  const last = curve.at(-1);
  if (
    last !== undefined &&
    last.downloaded === point.downloaded &&
    last.uploaded === point.uploaded
  ) {
    return;
  }
  curve.push(point);
  if (curve.length <= BOUNDS.curve) return;
  const thinned = thin(curve, true);
  const kept = thinned.length < BOUNDS.curve ? thinned : thin(curve, false);
  curve.splice(0, curve.length, ...kept);
}

/**
 * Leaves at most half of the bound, spread over the whole time, and, as long as
 * they are few, the turns: where a download started over, its bytes go down.
 */
function thin(curve: readonly BytePoint[], keepTurns: boolean): BytePoint[] {
  const first = curve[0]?.at ?? 0;
  const end = curve.length - 1;
  const gap = ((curve[end]?.at ?? 0) - first) / (BOUNDS.curve / 2);
  const falls = (index: number): boolean =>
    (curve[index]?.downloaded ?? 0) < (curve[index - 1]?.downloaded ?? 0);
  let kept = Number.NEGATIVE_INFINITY;
  return curve.filter(({at}, index) => {
    const isTurn = keepTurns && (falls(index) || falls(index + 1));
    if (at - kept < gap && index !== end && !isTurn) return false;
    kept = at;
    return true;
  });
}
