import {LOCALE, formatCount} from './number.js';

const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** Three significant digits, as DevTools' Network panel has them. */
const significant = new Intl.NumberFormat(LOCALE, {
  minimumSignificantDigits: 3,
  maximumSignificantDigits: 3,
  useGrouping: false,
});

interface Scaled {
  readonly amount: string;
  readonly unit: string;
}

function scale(bytes: number, least = 0): Scaled {
  if (bytes < 1_000 && least === 0) {
    return {amount: formatCount(Math.round(bytes)), unit: 'B'};
  }
  let power = Math.max(1, least);
  // 999.5 kB would round to 1000 kB, so it already is 1.00 MB.
  while (power < UNITS.length && bytes / 1_000 ** power >= 999.5) power += 1;
  const amount = bytes / 1_000 ** power;
  return {
    amount:
      amount < 0.0005
        ? '0'
        : amount < 1
          ? amount.toFixed(2)
          : significant.format(amount),
    unit: UNITS[power - 1] ?? 'TB',
  };
}

/** `0 B`, `212 kB`, `42.1 MB`: decimal units, like DevTools. */
export function formatBytes(bytes: number): string {
  const {amount, unit} = scale(bytes);
  return `${amount} ${unit}`;
}

/** `24.0 / 62.9 MB`: both in the total's unit. */
export function formatBytesOf(bytes: number, total: number): string {
  if (total <= 0) return formatBytes(bytes);
  const whole = scale(total);
  const power = UNITS.findIndex((unit) => unit === whole.unit) + 1;
  const part = bytes / 1_000 ** power;
  const amount =
    power === 0 || bytes === 0
      ? formatCount(bytes)
      : part < 1
        ? part.toFixed(2)
        : significant.format(part);
  return `${amount} / ${whole.amount} ${whole.unit}`;
}

/** `62,914,560 B`: where every byte counts. */
export const formatExactBytes = (bytes: number): string =>
  `${formatCount(bytes)} B`;

/** `2.40 MB/s` */
export const formatRate = (bytesPerSecond: number): string =>
  `${formatBytes(bytesPerSecond)}/s`;
