import type {EpochMs} from '../../inspector-core/protocol/protocol.js';
import {formatClock, type TimeFormat} from '../format/format.js';
import type {Scale} from './scale.js';
import {lengthOf} from './span.js';

export interface Tick {
  readonly x: number;
  readonly label: string;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** Steps that people count in, up to the days. */
const STEPS = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 4, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100].map((n) => n * DAY),
];

/** Room that one label needs, in pixels. */
const ROOM = {relative: 84, absolute: 104};

/** Marks of the axis, counted from `origin` or by the clock. */
export function ticksOf(
  scale: Scale,
  origin: EpochMs,
  format: TimeFormat,
): readonly Tick[] {
  const length = lengthOf(scale.span);
  if (scale.width <= 0 || length <= 0) return [];
  const least = (length * ROOM[format]) / scale.width;
  // Beyond the table in whole years: a page may lie about its time.
  const step =
    STEPS.find((each) => each >= least) ?? Math.ceil(least / YEAR) * YEAR;
  const first = Math.ceil((scale.span.start - origin) / step);
  const last = Math.floor((scale.span.end - origin) / step);
  return Array.from({length: Math.max(0, last - first + 1)}, (_, index) => {
    const offset = (first + index) * step;
    return {
      x: scale.x(origin + offset),
      label:
        format === 'absolute'
          ? formatClock(origin + offset).slice(0, step < SECOND ? 12 : 8)
          : formatOffset(offset, step),
    };
  });
}

function formatOffset(offset: number, step: number): string {
  const sign = offset < 0 ? '−' : '';
  const ms = Math.abs(offset);
  if (step < SECOND) {
    const digits = step < 10 ? 3 : step < 100 ? 2 : 1;
    return `${sign}${(ms / SECOND).toFixed(digits)} s`;
  }
  if (ms < MINUTE) return `${sign}${ms / SECOND} s`;
  const parts: readonly (readonly [number, string])[] = [
    [Math.floor(ms / DAY), 'd'],
    [Math.floor((ms % DAY) / HOUR), 'h'],
    [Math.floor((ms % HOUR) / MINUTE), 'min'],
    [Math.floor((ms % MINUTE) / SECOND), 's'],
  ];
  const told = parts.filter(([amount]) => amount > 0);
  return sign + told.map(([amount, unit]) => `${amount} ${unit}`).join(' ');
}
