import type {Validators} from './range.js';

/** Bytes that can be served, whole or in ranges, without being in memory. */
export interface Content extends Validators {
  readonly type: string;
  readonly size: number;
  /** The bytes from `first` up to, and without, `end`; in order. */
  slices(first: number, end: number): Iterable<Uint8Array>;
}

/** Content that is held in memory: it is cut, never copied. */
export function contentOf(
  bytes: Uint8Array,
  head: {readonly type: string} & Validators,
): Content {
  return {
    ...head,
    size: bytes.length,
    *slices(first, end) {
      const step = 1 << 20;
      for (let at = first; at < end; at += step) {
        yield bytes.subarray(at, Math.min(at + step, end));
      }
    },
  };
}
