/** What the log says of an engine under conditions: the same each time. */
import {expect} from '@esm-bundle/chai';
import type {Fact} from '../../../inspector-core/protocol/protocol.js';
import {createSystemClock} from '../../../inspector-core/seams/system-clock.js';
import {makeCalmSite} from './support/calm-site.js';
import {
  closeWorlds,
  endExactly,
  makeWorld,
  start,
  type World,
  type WorldOptions,
} from './support/conditioned-world.js';
import {until} from './support/scripted.js';

afterEach(closeWorlds);

/** Firefox takes three times as long for one. */
const RUNS = navigator.userAgent.includes('Firefox') ? 25 : 100;

/** Begins to download so many files from a network that is always the same. */
async function begin(
  sizes: readonly number[],
  options: WorldOptions,
): Promise<World> {
  const {network, files} = makeCalmSite(sizes, 1);
  const world = makeWorld({...options, network, smallestCached: Infinity});
  await start(world, files);
  return world;
}

const CHANCE: WorldOptions = {
  profile: {
    name: 'Chance',
    download: 60_000,
    latency: 100,
    jitter: 90,
    loss: {rate: 0.1, stall: 70},
  },
  schedule: {
    name: 'Here and there',
    phases: [
      {from: {ms: 0}, every: 200, for: 40, spread: 150, offline: true},
      {from: {percent: 60}, for: 300, spread: 200, profile: 'Good 2G'},
    ],
  },
  rules: [
    {
      effect: {type: 'etag'},
      trigger: {at: 'headers'},
      match: {probability: 0.2, attempt: {first: 3}},
    },
    {
      effect: {type: 'drop'},
      trigger: {at: 'byte', byte: 2_000, of: 'attempt'},
      match: {probability: 0.3},
    },
    {
      effect: {type: 'slice', size: 700, variation: 600, delay: 3},
      match: {probability: 0.5},
    },
    {
      effect: {
        type: 'throttle',
        download: 90_000,
        latency: 50,
        jitter: 50,
        loss: {rate: 0.2},
      },
    },
  ],
};

/** Lives through all kinds of chance, by a seed. */
async function runByChance(seed: number): Promise<World['entries']> {
  const world = await begin([9_000, 6_000, 3_000], {...CHANCE, seed});
  await endExactly(world);
  await closeWorlds();
  return world.entries;
}

/** Bytes are told of at a glance now and then: not what came, but when one looks. */
const withoutGlances = ({entries}: World): World['entries'] =>
  entries.filter(({fact}) => fact.type !== 'attempt-progressed');

const factsOf = (entries: World['entries']): readonly Fact[] =>
  entries.map(({fact}) => fact);

describe('the log of an engine under conditions', () => {
  it('is the same by the same seed, times included, each time', async function () {
    this.timeout(0);
    const first = await runByChance(42);
    const kinds = new Set(first.map(({fact}) => fact.type));
    expect([...kinds]).to.include.members([
      'conditions-changed',
      'online-changed',
      'rule-fired',
      'attempt-started',
      'attempt-progressed',
      'attempt-finished',
    ]);
    const effects = new Set(
      first.map(({fact}) => fact.type === 'rule-fired' && fact.effect),
    );
    expect([...effects]).to.include.members([
      'etag',
      'drop',
      'slice',
      'throttle',
    ]);
    for (let run = 1; run < RUNS; run += 1) {
      expect(await runByChance(42), `run ${run}`).to.deep.equal(first);
    }
    expect(await runByChance(43)).not.to.deep.equal(first);
  });

  it('is by a clock of the tests what it is in real time', async () => {
    const options: WorldOptions = {
      profile: {name: 'Slow', download: 20_000, latency: 100},
      rules: [
        {
          match: {record: 0, attempt: {first: 1}},
          trigger: {at: 'percent', percent: 40},
          effect: {type: 'offline', ms: 300},
        },
        {
          match: {record: 1, attempt: {every: 2}},
          trigger: {at: 'byte', byte: 100, of: 'attempt'},
          effect: {type: 'drop'},
        },
      ],
    };
    const sizes = [8_000, 5_000];
    const manual = await begin(sizes, options);
    await endExactly(manual);
    const clock = createSystemClock();
    const real = await begin(sizes, {...options, clock});
    await until(() => real.seen.length > 0);
    const [imagined, lived] = [manual, real].map(withoutGlances);
    expect(factsOf(lived ?? [])).to.deep.equal(factsOf(imagined ?? []));
    const [begunThen, begunNow] = [imagined, lived].map(
      (entries) => entries?.[0]?.at ?? Number.NaN,
    );
    for (const [index, {at, fact}] of (imagined ?? []).entries()) {
      // Real timers wake late, never early.
      const then = at - (begunThen ?? 0);
      const now = (lived?.[index]?.at ?? 0) - (begunNow ?? 0);
      expect(now, JSON.stringify(fact)).to.be.at.least(then - 1);
    }
    expect(String(real.seen[0]?.bodies)).to.equal(
      String(manual.seen[0]?.bodies),
    );
  });
});
