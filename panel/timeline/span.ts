import type {EpochMs} from '../../inspector-core/protocol/protocol.js';

/** A stretch of time, in epoch milliseconds. */
export interface TimeSpan {
  readonly start: EpochMs;
  readonly end: EpochMs;
}

/** Nobody needs to see less than this at once, or more than a year. */
const SHORTEST = 5;
const LONGEST = 366 * 24 * 3_600_000;

export const lengthOf = ({start, end}: TimeSpan): number => end - start;

/** Stretches a span by a factor, where `anchor` stays in its place. */
export function zoomSpan(
  span: TimeSpan,
  factor: number,
  anchor: EpochMs,
): TimeSpan {
  const length = Math.min(LONGEST, Math.max(SHORTEST, lengthOf(span) * factor));
  const share =
    lengthOf(span) === 0 ? 0 : (anchor - span.start) / lengthOf(span);
  const start = anchor - share * length;
  return {start, end: start + length};
}

/** Moves a span, and keeps a part of `bounds` in it: nobody gets lost. */
export function panSpan(
  span: TimeSpan,
  by: number,
  bounds: TimeSpan,
): TimeSpan {
  const length = lengthOf(span);
  const margin = length * 0.1;
  const start = Math.min(
    Math.max(span.start + by, bounds.start - length + margin),
    bounds.end - margin,
  );
  return {start, end: start + length};
}
