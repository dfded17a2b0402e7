import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import {chooseSeed} from '../../../support/seed.js';
import {RandomWorld, type WorldCount} from './random-world.js';
import {countRows, deleteStored, listCached} from './stored.js';

/** Worlds at a time, in one database: the browser's process has most to do. */
const SIDE_BY_SIDE = 8;
const PRINTED_EACH = 100;
/** Worlds have half as many on average. */
const MOST_STEPS = 20;

/** All that a world is, but for how soon what it asks of the browser is done. */
const plan = fc.record({
  seed: fc.noShrink(fc.noBias(fc.integer())),
  steps: fc.nat(MOST_STEPS),
});

/**
 * A test that lives through so many random worlds.
 *
 * @param count a multiple of those that are side by side
 */
export function describeWorlds(count: number): void {
  describe('the engine, killed again and again', () => {
    it(`shows and delivers what it should, in ${count} random worlds`, async function () {
      // The file has its limit, see the runner's configuration.
      this.timeout(0);
      const seed = chooseSeed('worlds');
      const name = `random-worlds-${Date.now()}`;
      const sum: Partial<WorldCount> = {};
      const from = performance.now();
      let survived = 0;
      const live = fc.asyncProperty(plan, async (each) => {
        const world = new RandomWorld(name, each);
        await world.run().catch((error: unknown) => {
          // WebKit's stack, which is all that is reported, has no message.
          console.log(`${JSON.stringify(each)}: ${String(error)}`);
          throw error;
        });
        survived += 1;
        if (survived % PRINTED_EACH === 0) {
          const seconds = Math.round((performance.now() - from) / 1_000);
          console.log(`${survived} worlds in ${seconds} s`);
        }
        for (const key of Object.keys(world.count) as (keyof WorldCount)[]) {
          sum[key] = (sum[key] ?? 0) + world.count[key];
        }
      });
      await Promise.all(
        Array.from({length: SIDE_BY_SIDE}, (_, lane) =>
          fc.assert(live, {
            numRuns: count / SIDE_BY_SIDE,
            seed: seed + lane,
          }),
        ),
      );
      console.log(
        `${count} worlds, ${survived} survived: ${JSON.stringify(sum)}`,
      );
      expect(await listCached(name)).to.deep.equal([]);
      expect(await countRows(name)).to.equal(0);
      expect(sum.kills).to.be.greaterThan(count);
      await deleteStored(name);
    });
  });
}
