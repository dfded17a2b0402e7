import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';
import {createConditions} from '../../../inspector-core/conditions/conditions.js';
import {createDice} from '../../../inspector-core/conditions/random/dice.js';
import {HAS_BYTE_STREAMS} from '../../support/byte-streams.js';
import {chooseSeed} from '../../support/seed.js';
import {download} from './support/download.js';
import {makeFile, makeServer} from './support/made-up-server.js';

describe('Being offline', () => {
  const RUNS = 1_000;

  it(`at any byte and for any time brings all bytes, in ${RUNS} runs`, async () => {
    const seed = chooseSeed('being offline');
    const random = createDice(seed).stream('offline');
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
        isByob: HAS_BYTE_STREAMS && random() < 0.5,
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
