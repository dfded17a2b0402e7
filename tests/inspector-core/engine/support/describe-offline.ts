import {expect} from '@esm-bundle/chai';
import fc from 'fast-check';
import type {Rule} from '../../../../inspector-core/conditions/conditions.js';
import {chooseSeed} from '../../../support/seed.js';
import {makeCalmSite} from './calm-site.js';
import {
  closeWorlds,
  endExactly,
  makeWorld,
  PACED,
  settle,
  start,
} from './conditioned-world.js';

const LONGEST = 12_000;

/** The network goes at a byte, and comes back. */
const cut = fc.record({
  first: fc.integer({min: 1, max: 6}),
  probability: fc.double({min: 0, max: 1, noNaN: true}),
  byte: fc.nat(LONGEST + 1),
  ms: fc.integer({min: 1, max: 10_000}),
});

/** Somebody switches it off, and on. */
const blackout = fc.record({after: fc.nat(400), ms: fc.nat(3_000)});

const journey = fc.record({
  seed: fc.nat(),
  sizes: fc.array(fc.nat(LONGEST), {minLength: 1, maxLength: 3}),
  profile: fc.constantFrom(
    'No throttling',
    PACED,
    {...PACED, latency: 40, jitter: 40},
    {...PACED, loss: {rate: 0.1}},
  ),
  cuts: fc.array(cut, {maxLength: 4}),
  blackouts: fc.array(blackout, {maxLength: 4}),
  // A cache takes longer than a database; so it is not used in each run.
  smallestCached: fc.constantFrom(...Array<number>(9).fill(Infinity), 1_000),
});

const asRule = ({first, probability, byte, ms}: Cut): Rule => ({
  match: {attempt: {first}, probability},
  trigger: {at: 'byte', byte},
  effect: {type: 'offline', ms},
});
type Cut = typeof cut extends fc.Arbitrary<infer T> ? T : never;
type Journey = typeof journey extends fc.Arbitrary<infer T> ? T : never;

/** Downloads some files, through all of it. Returns how often the network went. */
async function travel({
  seed,
  sizes,
  profile,
  cuts,
  blackouts,
  smallestCached,
}: Journey): Promise<number> {
  const {network, files} = makeCalmSite(sizes, seed);
  const rules = cuts.map(asRule);
  const world = makeWorld({
    network,
    seed,
    profile,
    rules,
    smallestCached,
  });
  const {conditions, entries} = world;
  await start(world, files);
  for (const {after, ms} of blackouts) {
    await settle(world);
    await world.seams.clock.advance(after);
    conditions.setOffline(true);
    await world.seams.clock.advance(ms);
    conditions.setOffline(false);
  }
  const {event, bodies} = await endExactly(world);
  expect(event).to.equal('backgroundfetchsuccess');
  for (const [place, {content}] of files.entries()) {
    // As text: comparing numbers one by one would take most of the time.
    expect(String(bodies[place])).to.equal(String(content));
  }
  await closeWorlds();
  return entries.filter(
    ({fact}) => fact.type === 'online-changed' && !fact.isOnline,
  ).length;
}

/** A test that goes offline at any byte, and back at any time, so many times. */
export function describeOffline(runs: number): void {
  describe('offline at any byte, and back at any time', () => {
    it(`delivers the bytes that were served, in ${runs} runs`, async function () {
      // The file has its limit, see the runner's configuration.
      this.timeout(0);
      const seed = chooseSeed('offline');
      const from = performance.now();
      let outages = 0;
      await fc.assert(
        fc.asyncProperty(journey, async (plan) => {
          outages += await travel(plan);
        }),
        {numRuns: runs, seed},
      );
      const seconds = Math.round((performance.now() - from) / 1_000);
      console.log(`${runs} runs, ${outages} times offline, in ${seconds} s`);
      expect(outages).to.be.above(runs);
    });
  });
}
