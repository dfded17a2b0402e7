import {expect} from '@esm-bundle/chai';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';

const draw = (seed: number, name: string, count: number): number[] =>
  Array.from({length: count}, createDice(seed).stream(name));

describe('Dice', () => {
  it('give the same numbers for the same seed and name, else others', () => {
    expect(draw(7, 'jitter', 100)).to.deep.equal(draw(7, 'jitter', 100));
    expect(draw(7, 'jitter', 100)).not.to.deep.equal(draw(8, 'jitter', 100));
    expect(draw(7, 'jitter', 100)).not.to.deep.equal(draw(7, 'loss', 100));
  });

  it('shift no stream when another one is used', () => {
    const dice = createDice(1);
    const alone = dice.stream('a');
    const first = [alone(), alone()];
    const a = dice.stream('a');
    const b = dice.stream('b');
    const second = [a(), (b(), b(), a())];
    expect(second).to.deep.equal(first);
  });

  it('spread from 0 to 1, also the first numbers of many streams', () => {
    const dice = createDice(3);
    const many = [
      draw(3, 'one', 10_000),
      Array.from({length: 10_000}, (_, index) => dice.stream(`${index}`)()),
    ];
    for (const numbers of many) {
      const tenths = Array.from({length: 10}, () => 0);
      for (const number of numbers) {
        const tenth = Math.floor(number * 10);
        tenths[tenth] = (tenths[tenth] ?? Number.NaN) + 1;
      }
      for (const count of tenths) expect(count).to.be.within(850, 1_150);
    }
  });
});
