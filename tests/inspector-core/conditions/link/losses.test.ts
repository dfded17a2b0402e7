import {expect} from '@esm-bundle/chai';
import {createLosses} from '../../../../inspector-core/conditions/link/losses.js';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';

const draw = (seed: number, rate: number, count: number): number[] => {
  const losses = createLosses({rate}, createDice(seed).stream('loss'));
  let position = 0;
  return Array.from({length: count}, () => {
    position += losses.until(position);
    expect(losses.until(position)).to.equal(0);
    expect(losses.pass()).to.equal(200);
    return position;
  });
};

describe('Losses', () => {
  it('are as many as the rate says, one packet at a time', () => {
    const places = draw(1, 0.01, 5_000);
    const packets = (places.at(-1) ?? 0) / 1_500;
    expect(5_000 / packets).to.be.closeTo(0.01, 0.0005);
    for (const place of places) expect(place % 1_500).to.equal(0);
    expect(new Set(places).size).to.equal(5_000);
  });

  it('are the same for the same seed', () => {
    expect(draw(1, 0.1, 50)).to.deep.equal(draw(1, 0.1, 50));
    expect(draw(1, 0.1, 50)).not.to.deep.equal(draw(2, 0.1, 50));
  });

  it('never come at a rate of 0', () => {
    const losses = createLosses({rate: 0}, () => 0.5);
    expect(losses.until(1e15)).to.equal(Infinity);
  });
});
