import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';
import {createConditions} from '../../../inspector-core/conditions/conditions.js';
import {createSeededRandom} from '../../../inspector-core/seams/random.js';
import {download} from './support/download.js';
import {makeFile, makeServer} from './support/made-up-server.js';

/** All kinds of chance at once; each line has its time. */
async function runAll(seed: number): Promise<readonly string[]> {
  const clock = createManualClock({start: 1.79e12});
  const conditions = createConditions({
    clock,
    seed,
    profile: {
      name: 'Chance',
      download: 200_000,
      latency: 100,
      jitter: 90,
      loss: {rate: 0.05},
    },
    schedule: {
      name: 'Here and there',
      phases: [
        {from: {ms: 0}, every: 200, for: 50, spread: 150, offline: true},
      ],
    },
    rules: [
      {effect: {type: 'etag'}, match: {probability: 0.2}},
      {
        effect: {type: 'drop'},
        trigger: {at: 'byte', byte: 2_000, of: 'attempt'},
        match: {probability: 0.3},
      },
      {
        effect: {type: 'slice', size: 700, variation: 600, delay: 3},
        match: {probability: 0.5},
      },
    ],
  });
  const log: string[] = [];
  const note = (text: string): void => {
    log.push(`${clock.now() - 1.79e12} ${text}`);
  };
  conditions.subscribe((event) => {
    note(JSON.stringify(event));
  });
  const server = makeServer(makeFile(8_000), {piece: 900});
  const shaped = conditions.shapeNetwork({
    ...server,
    fetch(request) {
      note(`${request.url} ${request.headers.get('Range')}`);
      return server.fetch(request);
    },
  });
  const all = [0, 1, 2].map(async (record) => {
    const parts = {record, records: 3};
    const {attempts} = await download(clock, shaped, 8_000, parts);
    note(`record ${record} after ${attempts}`);
  });
  await clock.run(Promise.all(all));
  return log;
}

describe('Chance', () => {
  it('is the same for the same seed, in 100 runs, and another for others', async () => {
    const first = await runAll(42);
    expect(first.length).to.be.above(15);
    for (let run = 1; run < 100; run += 1) {
      expect(await runAll(42)).to.deep.equal(first);
    }
    expect(await runAll(43)).not.to.deep.equal(first);
  }).timeout(60_000);
});

describe('Being offline', () => {
  const RUNS = 1_000;

  it(`at any byte and for any time brings all bytes, in ${RUNS} runs`, async () => {
    const seed = Date.now();
    const random = createSeededRandom(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    let cuts = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const file = makeFile(1 + below(3_000));
      const clock = createManualClock();
      const conditions = createConditions({
        clock,
        seed: below(2 ** 31),
        profile:
          random() < 0.2
            ? 'No throttling'
            : {
                name: 'x',
                download: 20_000 + below(100_000),
                latency: below(20),
              },
        rules: Array.from({length: below(4)}, (_, index) => ({
          match: {attempt: {every: 1 + index}, probability: random()},
          trigger: {at: 'byte', byte: below(file.length + 2)},
          effect: {type: 'offline', ms: 1 + below(200)},
        })),
      });
      conditions.subscribe((event) => {
        if (event.type === 'online-changed' && !event.isOnline) cuts += 1;
      });
      const server = makeServer(file, {
        piece: 1 + below(2_000),
        isByob: random() < 0.5,
      });
      const network = conditions.shapeNetwork(server);
      const files = Promise.all(
        Array.from({length: 1 + below(2)}, (_, record) =>
          download(clock, network, file.length, {record, records: 2}),
        ),
      );
      // And by hand, at any moment.
      for (let times = below(3); times > 0; times -= 1) {
        await clock.advance(below(40));
        conditions.setOffline(true);
        await clock.advance(below(40));
        conditions.setOffline(false);
      }
      for (const {bytes} of await clock.run(files)) {
        // As text: comparing numbers one by one would take most of the time.
        expect(String(bytes), `seed ${seed}, run ${run}`).to.equal(
          String([...file]),
        );
      }
    }
    expect(cuts).to.be.above(RUNS);
  }).timeout(120_000);
});
