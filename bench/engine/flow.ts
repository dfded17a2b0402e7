import {openChunks} from '../../inspector-core/engine/driver/read-chunks.js';

/** How bytes came to a reader that takes them as they come. */
export interface Flow {
  /** Of each response: milliseconds from the request to the first byte. */
  readonly firstBytes: readonly number[];
  /** Bytes per second of all together, from the first ones to the last. */
  readonly rate: number;
  /** Standard deviation to mean, of the bytes of each 100 ms. */
  readonly variation: number;
}

interface Arrival {
  readonly at: number;
  readonly length: number;
}

const READ_SIZE = 256 * 1_024;
const WINDOW_MS = 100;

/** Reads responses side by side, for so long after the first byte. */
export async function measureFlow(
  fetches: readonly (() => Promise<Response>)[],
  ms: number,
): Promise<Flow> {
  const arrivals: Arrival[] = [];
  const firstBytes: number[] = [];
  let end = Infinity;
  const read = async (fetchOne: () => Promise<Response>): Promise<void> => {
    const began = performance.now();
    const {body} = await fetchOne();
    if (body === null) throw new Error('The response has no body.');
    const reader = openChunks(body, READ_SIZE);
    for (let isFirst = true; ; isFirst = false) {
      const bytes = await reader.read();
      if (bytes === undefined) throw new Error('The file is too short.');
      const at = performance.now();
      if (isFirst) firstBytes.push(at - began);
      end = Math.min(end, at + ms);
      if (at > end) break;
      arrivals.push({at, length: bytes.length});
    }
    reader.cancel();
  };
  await Promise.all(fetches.map(read));
  return {firstBytes, ...describeArrivals(arrivals)};
}

/** When the first bytes were sent is not known: they only begin the time. */
function describeArrivals(
  arrivals: readonly Arrival[],
): Pick<Flow, 'rate' | 'variation'> {
  const [first, ...rest] = arrivals;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) {
    throw new Error('Too little came to tell its rate.');
  }
  const windows = Array.from(
    {length: Math.floor((last.at - first.at) / WINDOW_MS)},
    () => 0,
  );
  let sum = 0;
  for (const {at, length} of rest) {
    sum += length;
    const window = Math.floor((at - first.at) / WINDOW_MS);
    const before = windows[window];
    if (before !== undefined) windows[window] = before + length;
  }
  const mean =
    windows.reduce((total, bytes) => total + bytes, 0) / windows.length;
  const variance =
    windows.reduce((total, bytes) => total + (bytes - mean) ** 2, 0) /
    windows.length;
  return {
    rate: sum / ((last.at - first.at) / 1_000),
    variation: Math.sqrt(variance) / mean,
  };
}
