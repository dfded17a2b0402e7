import type {Seat} from '../../../../inspector-core/conditions/link/lane.js';
import type {Clock} from '../../../../inspector-core/seams/clock.js';

/** Bytes that came, each piece with its time. */
export interface Arrivals {
  readonly times: readonly number[];
  readonly bytes: readonly number[];
}

/** Sends so many bytes through a lane, and notes when each piece is due. */
export async function send(
  clock: Clock,
  seat: Seat,
  total: number,
): Promise<Arrivals> {
  const times: number[] = [];
  const bytes: number[] = [];
  for (let left = total; left > 0;) {
    const count = Math.min(left, seat.slice, 256 * 1_024);
    await seat.take(count);
    left -= count;
    times.push(clock.now());
    bytes.push(count);
  }
  seat.leave();
  return {times, bytes};
}

/** Standard deviation over mean, of the bytes in each window of 100 ms. */
export function variation({times, bytes}: Arrivals): number {
  const from = times[0] ?? 0;
  const windows: number[] = [];
  for (const [index, at] of times.entries()) {
    const window = Math.floor((at - from) / 100);
    windows[window] = (windows[window] ?? 0) + (bytes[index] ?? 0);
  }
  // The last one is cut short.
  const whole = Array.from(windows.slice(0, -1), (count) => count ?? 0);
  const mean = whole.reduce((a, b) => a + b, 0) / whole.length;
  const square = whole.reduce((sum, count) => sum + (count - mean) ** 2, 0);
  return Math.sqrt(square / whole.length) / mean;
}
