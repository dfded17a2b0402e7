/** A number from 0, inclusive, to 1, exclusive: what `Math.random` gives. */
export type Random = () => number;

/**
 * Numbers that depend on nothing but the seed (mulberry32): the same seed
 * brings the same run.
 */
export function createSeededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
