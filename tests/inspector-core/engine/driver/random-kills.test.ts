import {expect} from '@esm-bundle/chai';
import {createSeededRandom} from '../../../../inspector-core/engine/seams/random.js';
import {makeFaulty} from '../support/faulty-storage.js';
import {bytes, storedRequest} from '../support/fetches.js';
import {loadJob, makeJob, makeSeams, readStored} from '../support/jobs.js';
import {until} from '../support/scripted.js';
import {makeRandomNetwork} from '../support/random-network.js';

const WORLDS = 100;

describe('Job, killed again and again', () => {
  it(`brings the bytes that were served, in ${WORLDS} random worlds`, async function () {
    this.timeout(90_000);
    const seed = Math.floor(Math.random() * 2 ** 31);
    console.log(`kills seed: ${seed}`);
    let kills = 0;
    const world = makeSeams({partSize: 1_000});
    for (let index = 0; index < WORLDS; index += 1) {
      const random = createSeededRandom(seed + index);
      const files = new Map(
        Array.from({length: 1 + Math.floor(random() * 4)}, (_, place) => [
          `https://example.com/${place}`,
          bytes(place * 7, Math.floor(random() * 6_000)),
        ]),
      );
      const network = makeRandomNetwork(files, random);
      const {stored} = await makeJob(
        world,
        [...files.keys()].map((url) => storedRequest({url})),
      );
      // Lives of random length, each ended by some call of storage, and a last
      // one in which nothing goes wrong.
      for (let life = 0; life < 4; life += 1) {
        const isLast = life === 3;
        network.calm = isLast;
        const point = isLast ? Infinity : 1 + Math.floor(random() * 6);
        const fault = random() < 0.5 ? 'killed before' : 'killed after';
        const state = {isKilled: false, isOver: false};
        const {storage} = makeFaulty(world.storage, {
          // The first call loads the fetch.
          point: point + 1,
          fault,
          onKill: () => {
            state.isKilled = true;
          },
        });
        const job = await loadJob({...world, network, storage}, stored.key);
        void job.concluded.then(() => {
          state.isOver = true;
        });
        job.begin();
        await until(async () => {
          if (world.clock.due.length > 0) await world.clock.advance(60_000);
          return state.isKilled || state.isOver;
        });
        job.stop();
        if (state.isKilled) kills += 1;
      }
      const job = await loadJob(world, stored.key);
      const where = `seed ${seed + index}`;
      for (const [record, content] of [...files.values()].entries()) {
        const {result, generation = 0} = job.records[record] ?? {};
        // A connection that breaks time after time is a network error.
        if (result === 'fetch-error') continue;
        expect(result, where).to.equal('success');
        const read = await readStored(
          world.storage,
          stored.key,
          record,
          generation,
        );
        expect([...read], where).to.deep.equal([...content]);
      }
      await world.storage.delete(stored.key);
    }
    await world.close();
    console.log(`${kills} kills`);
    expect(kills).to.be.greaterThan(WORLDS / 2);
  });
});
