import {expect} from '@esm-bundle/chai';
import {createSeededRandom} from '../../../inspector-core/seams/random.js';

const draw = (seed: number, count: number): number[] => {
  const random = createSeededRandom(seed);
  return Array.from({length: count}, random);
};

describe('createSeededRandom', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    expect(draw(7, 100)).to.deep.equal(draw(7, 100));
    expect(draw(7, 100)).not.to.deep.equal(draw(8, 100));
  });

  it('spreads from 0, inclusive, to 1, exclusive', () => {
    const numbers = draw(1, 10_000);
    const tenths = Array.from({length: 10}, () => 0);
    for (const number of numbers) {
      const tenth = Math.floor(number * 10);
      tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
    }
    for (const count of tenths) expect(count).to.be.within(850, 1150);
  });
});
