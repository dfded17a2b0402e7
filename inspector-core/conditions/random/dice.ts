import type {Random} from '../../seams/random.js';

/**
 * Chance that is the same in each run: whoever throws dice has a stream of his
 * own, by name, so that one more throw here shifts none there.
 */
export interface Dice {
  readonly seed: number;
  /** The numbers of this name, from the first one on. */
  stream(name: string): Random;
}

/** Whole numbers from 0 to this one are seeds. */
export const MAX_SEED = 2 ** 32 - 1;

/**
 * @example
 * const dice = createDice(7);
 * const latency = dice.stream('latency/movie/0/1');
 */
export function createDice(seed: number): Dice {
  return {seed, stream: (name) => createStream(hash(`${seed}/${name}`))};
}

type State = readonly [number, number, number, number];

/** The cyrb128 hash of a text: four words that all depend on all of it. */
function hash(text: string): State {
  let a = 1_779_033_703;
  let b = 3_144_134_277;
  let c = 1_013_904_242;
  let d = 2_773_480_762;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    a = b ^ Math.imul(a ^ unit, 597_399_067);
    b = c ^ Math.imul(b ^ unit, 2_869_860_233);
    c = d ^ Math.imul(c ^ unit, 951_274_213);
    d = a ^ Math.imul(d ^ unit, 2_716_044_179);
  }
  a = Math.imul(c ^ (a >>> 18), 597_399_067);
  b = Math.imul(d ^ (b >>> 22), 2_869_860_233);
  c = Math.imul(a ^ (c >>> 17), 951_274_213);
  d = Math.imul(b ^ (d >>> 19), 2_716_044_179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** The sfc32 generator: 128 bits of state, and no bad seeds. */
function createStream([first, second, third, fourth]: State): Random {
  let a = first;
  let b = second;
  let c = third;
  let counter = fourth;
  return () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
}
