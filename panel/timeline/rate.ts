import type {
  BytePoint,
  FetchState,
} from '../../inspector-core/projections/fetch-state.js';
import {lengthOf, type TimeSpan} from './span.js';

/** Bytes per second in each of `bins` equal parts of a span, both ways. */
export function binRates(
  fetches: Iterable<FetchState>,
  span: TimeSpan,
  bins: number,
): Float64Array {
  const rates = new Float64Array(bins);
  const binLength = lengthOf(span) / bins;
  if (!(binLength > 0)) return rates;
  for (const {curve} of fetches) {
    for (let index = 1; index < curve.length; index += 1) {
      const from = curve[index - 1];
      const to = curve[index];
      if (from === undefined || to === undefined) continue;
      spread(rates, from, to, {start: span.start, binLength});
    }
  }
  for (const [bin, bytes] of rates.entries()) {
    rates[bin] = (bytes * 1_000) / binLength;
  }
  return rates;
}

/** Shares the bytes between two points among the bins that lie between them. */
function spread(
  bytes: Float64Array,
  from: BytePoint,
  to: BytePoint,
  {start, binLength}: {readonly start: number; readonly binLength: number},
): void {
  const gained =
    Math.max(0, to.downloaded - from.downloaded) +
    Math.max(0, to.uploaded - from.uploaded);
  if (gained === 0) return;
  const length = to.at - from.at;
  const first = Math.max(0, Math.floor((from.at - start) / binLength));
  const last = Math.min(
    bytes.length - 1,
    Math.floor((to.at - start) / binLength),
  );
  for (let bin = first; bin <= last; bin += 1) {
    const binStart = start + bin * binLength;
    const shared =
      length === 0
        ? 1
        : (Math.min(to.at, binStart + binLength) -
            Math.max(from.at, binStart)) /
          length;
    bytes[bin] = (bytes[bin] ?? 0) + gained * Math.max(0, shared);
  }
}

/** Recent speed of one fetch, out of its last points. Bytes per second. */
export function recentRate(
  curve: readonly BytePoint[],
  direction: 'downloaded' | 'uploaded',
): number {
  const last = curve.at(-1);
  const from = curve.at(-Math.min(curve.length, 8));
  if (last === undefined || from === undefined || last.at <= from.at) return 0;
  return ((last[direction] - from[direction]) * 1_000) / (last.at - from.at);
}
