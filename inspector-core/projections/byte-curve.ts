import {BOUNDS} from './bounds.js';
import type {BytePoint} from './fetch-state.js';

/**
 * Adds a point to a curve that the caller owns. A full curve loses every second
 * point, so that a fetch of hours keeps its whole shape in a bounded space.
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
  const kept = curve.filter(
    (_, index) => index % 2 === 0 || index === curve.length - 1,
  );
  curve.splice(0, curve.length, ...kept);
}
