import type {EpochMs} from '../../inspector-core/protocol/protocol.js';
import {LOCALE} from './number.js';

export const TIME_FORMATS = ['relative', 'absolute'] as const;

/** How points in time are told. */
export type TimeFormat = (typeof TIME_FORMATS)[number];

const decimals = (digits: number) =>
  new Intl.NumberFormat(LOCALE, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
const none = decimals(0);
const one = decimals(1);
const three = decimals(3);

/** A length of time, in milliseconds, with about three digits. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length > 0 && length < 9.95) return `${one.format(length)} ms`;
  if (length < 999.5) return `${none.format(length)} ms`;
  const seconds = length / 1_000;
  if (seconds < 59.95) return `${one.format(seconds)} s`;
  const minutes = Math.floor(Math.round(seconds) / 60);
  if (minutes < 60) {
    return `${minutes} min ${none.format(Math.round(seconds) % 60)} s`;
  }
  return `${none.format(Math.floor(minutes / 60))} h ${minutes % 60} min`;
}

const clock = new Intl.DateTimeFormat(LOCALE, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** `19:52:27.402`, in the time zone of whoever looks. */
export const formatClock = (at: EpochMs): string => clock.format(at);

/** A point in time: `31.402 s` since `origin`, or the time of day. */
export function formatTime(
  at: EpochMs,
  origin: EpochMs,
  format: TimeFormat,
): string {
  if (format === 'absolute') return formatClock(at);
  return `${three.format((at - origin) / 1_000)} s`;
}

/** How long is left, told no finer than it can be known. */
export function formatTimeLeft(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${Math.max(1, seconds)} s left`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min left`;
  return `${none.format(Math.ceil(minutes / 60))} h left`;
}
