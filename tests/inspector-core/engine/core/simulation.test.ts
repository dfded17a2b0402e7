import fc from 'fast-check';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import {chooseSeed} from '../../../support/seed.js';
import {Simulation} from './simulation.js';

const SEQUENCES = 100_000;
/** Sequences have half as many on average. */
const MOST_STEPS = 120;

// What happens is drawn from the world's own numbers: of one that is broken, the
// fewest steps are looked for.
const world = fc.noShrink(fc.noBias(fc.integer()));
const steps = fc.nat(MOST_STEPS);

describe('JobMachine in a hostile world', () => {
  it(`keeps its promises in ${SEQUENCES} random sequences`, function () {
    this.timeout(120_000);
    const seed = chooseSeed('simulation');
    fc.assert(
      fc.property(world, steps, (number, count) => {
        const simulation = new Simulation(
          createDice(number).stream('simulation'),
        );
        try {
          simulation.run(count);
        } catch (error) {
          const trace = simulation.trace.map((step) => JSON.stringify(step));
          throw new Error(`${String(error)}\n${trace.join('\n')}`, {
            cause: error,
          });
        }
      }),
      {numRuns: SEQUENCES, seed},
    );
  });
});
