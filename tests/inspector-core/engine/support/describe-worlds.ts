import {expect} from '@esm-bundle/chai';
import {RandomWorld, type WorldCount} from './random-world.js';
import {countRows, deleteStored, listCached} from './stored.js';

/** Worlds at a time, in one database: the browser's process has most to do. */
const SIDE_BY_SIDE = 8;
const PRINTED_EACH = 100;

/** A test that lives through so many random worlds, and prints their seed. */
export function describeWorlds(count: number): void {
  describe('the engine, killed again and again', () => {
    it(`shows and delivers what it should, in ${count} random worlds`, async function () {
      // The file has its limit, see the runner's configuration.
      this.timeout(0);
      const first = Math.floor(Math.random() * 2 ** 31);
      console.log(`worlds from seed ${first} on`);
      const name = `random-worlds-${first}`;
      const sum: Partial<WorldCount> = {};
      const from = performance.now();
      let survived = 0;
      let next = first;
      const live = async (): Promise<void> => {
        while (next < first + count) {
          const seed = next;
          next += 1;
          const world = new RandomWorld(name, seed);
          try {
            await world.run();
          } catch (error) {
            throw new Error(`seed ${seed}: ${String(error)}`, {cause: error});
          }
          survived += 1;
          if (survived % PRINTED_EACH === 0) {
            const seconds = Math.round((performance.now() - from) / 1_000);
            console.log(`${survived} worlds in ${seconds} s`);
          }
          for (const key of Object.keys(world.count) as (keyof WorldCount)[]) {
            sum[key] = (sum[key] ?? 0) + world.count[key];
          }
        }
      };
      await Promise.all(Array.from({length: SIDE_BY_SIDE}, live));
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
