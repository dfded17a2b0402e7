import type {EpochMs} from '../../inspector-core/protocol/protocol.js';
import {lengthOf, type TimeSpan} from './span.js';

/** Time to pixels and back. */
export interface Scale {
  readonly span: TimeSpan;
  /** Pixels. */
  readonly width: number;
  readonly x: (at: EpochMs) => number;
  readonly at: (x: number) => EpochMs;
}

export function createScale(span: TimeSpan, width: number): Scale {
  const perMs = lengthOf(span) === 0 ? 0 : width / lengthOf(span);
  return {
    span,
    width,
    x: (at) => (at - span.start) * perMs,
    at: (x) => span.start + (perMs === 0 ? 0 : x / perMs),
  };
}

/**
 * A stretch in pixels, cut to what can be seen and never thinner than it can be
 * seen; `undefined` if no part of it is in view. The margin keeps rounded
 * corners and strokes of what goes on outside from showing.
 */
export function stretch(
  scale: Scale,
  from: EpochMs,
  to: EpochMs,
  least = 2,
): {readonly x: number; readonly width: number} | undefined {
  const margin = 8;
  const left = Math.max(scale.x(from), -margin);
  const right = Math.min(
    Math.max(scale.x(to), left + least),
    scale.width + margin,
  );
  if (right < 0 || left > scale.width || right <= left) return undefined;
  return {x: left, width: right - left};
}
