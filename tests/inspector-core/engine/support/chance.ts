import type {Random} from '../../../../inspector-core/seams/random.js';

/** What is left to chance, by one source of random numbers. */
export class Chance {
  readonly random: Random;

  constructor(random: Random) {
    this.random = random;
  }

  /** A whole number from 0 on. */
  below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  /** True as often as the probability says. */
  happens(probability: number): boolean {
    return this.random() < probability;
  }

  /** One of these; undefined where there is none. */
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(from.length)];
  }
}
