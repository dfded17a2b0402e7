import {createSeededRandom} from '../../../../inspector-core/seams/random.js';
import {Simulation} from './simulation.js';

const SEQUENCES = 100_000;
const STEPS = 60;

describe('JobMachine in a hostile world', () => {
  it(`keeps its promises in ${SEQUENCES} random sequences`, function () {
    this.timeout(120_000);
    const seed = Number(
      new URLSearchParams(location.search).get('seed') ??
        Math.floor(Math.random() * 2 ** 32),
    );
    // So that it can be run again, with ?seed=.
    console.log(`simulation seed: ${seed}`);
    for (let index = 0; index < SEQUENCES; index += 1) {
      const simulation = new Simulation(createSeededRandom(seed + index));
      try {
        simulation.run(STEPS);
      } catch (error) {
        throw new Error(
          `Seed ${seed + index}: ${String(error)}\n${simulation.trace.map((step) => JSON.stringify(step)).join('\n')}`,
          {cause: error},
        );
      }
    }
  });
});
