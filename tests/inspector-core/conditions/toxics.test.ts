/** Toxiproxy's toxics, by the words of docs/conditions.md. */
import {expect} from '@esm-bundle/chai';
import {
  createConditions,
  createManualClock,
  parseConditionsFile,
  type ConditionsFile,
} from '../../../inspector-core/conditions/conditions.js';
import {
  attempt,
  contextOf,
  requestOf,
  type Outcome,
} from './support/download.js';
import {makeFile, makeServer} from './support/made-up-server.js';

const SIZE = 10_000;
const FILE = makeFile(SIZE);
const ALL = [...FILE];

const underFile = (file: Omit<ConditionsFile, 'version'>) => {
  const clock = createManualClock();
  // Through text, as it comes from a file.
  const text = JSON.stringify({version: 1, ...file});
  const settings = parseConditionsFile(JSON.parse(text));
  const conditions = createConditions({clock, ...settings});
  return {clock, network: conditions.shapeNetwork(makeServer(FILE))};
};

interface Toxic {
  readonly file: Omit<ConditionsFile, 'version'>;
  /** How much comes, and when it is over; an error if it breaks off. */
  readonly bytes: number;
  readonly endAt: number;
  readonly error?: 'TypeError';
}

const TOXICS: Readonly<Record<string, Toxic>> = {
  'latency 400': {
    file: {profile: {name: 'Late', latency: 400}},
    bytes: SIZE,
    endAt: 400,
  },
  'latency 400, of some requests': {
    file: {rules: [{effect: {type: 'throttle', latency: 400}}]},
    bytes: SIZE,
    endAt: 400,
  },
  down: {file: {offline: true}, bytes: 0, endAt: 0, error: 'TypeError'},
  'bandwidth 5': {
    file: {profile: {name: 'Narrow', download: 5 * 1_000}},
    bytes: SIZE,
    endAt: 2_000,
  },
  'slow_close 700': {
    file: {rules: [{trigger: {at: 'end'}, effect: {type: 'stall', ms: 700}}]},
    bytes: SIZE,
    endAt: 700,
  },
  'timeout 900': {
    file: {rules: [{effect: {type: 'stall', ms: 900, next: 'drop'}}]},
    bytes: 0,
    endAt: 900,
    error: 'TypeError',
  },
  'reset_peer 602': {
    file: {
      profile: {name: 'Narrow', download: 5_000},
      rules: [
        {trigger: {at: 'time', ms: 602}, effect: {type: 'network-error'}},
      ],
    },
    bytes: 3_000,
    endAt: 602,
    error: 'TypeError',
  },
  'slicer 1000 0 20000': {
    file: {rules: [{effect: {type: 'slice', size: 1_000, delay: 20}}]},
    bytes: SIZE,
    // Of ten pieces.
    endAt: 200,
  },
  'limit_data 4321': {
    file: {
      rules: [
        {
          trigger: {at: 'byte', byte: 4_321, of: 'attempt'},
          effect: {type: 'drop'},
        },
      ],
    },
    bytes: 4_321,
    endAt: 0,
    error: 'TypeError',
  },
};

describe('A toxic of Toxiproxy', () => {
  for (const [name, {file, bytes, endAt, error}] of Object.entries(TOXICS)) {
    it(`can be had: ${name}`, async () => {
      const {clock, network} = underFile(file);
      const felt = await clock.run(attempt(clock, network));
      expect(felt.bytes).to.deep.equal(ALL.slice(0, bytes));
      expect(felt.endAt).to.be.closeTo(endAt, 1e-6);
      expect((felt.error as Error | undefined)?.name).to.equal(error);
    });
  }

  it('can be had: latency with jitter', async () => {
    const {clock, network} = underFile({
      profile: {name: 'Uneven', latency: 400, jitter: 100},
    });
    const took: number[] = [];
    for (let record = 0; record < 20; record += 1) {
      const from = clock.now();
      const {headAt} = await clock.run(
        attempt(clock, network, contextOf({record, records: 20})),
      );
      took.push(headAt - from);
    }
    for (const ms of took) expect(ms).to.be.within(300, 500);
    expect(Math.max(...took) - Math.min(...took)).to.be.above(50);
  });

  it('can be had: timeout 0, which lasts until it is given up', async () => {
    const {clock, network} = underFile({rules: [{effect: {type: 'stall'}}]});
    const stop = new AbortController();
    const waiting = attempt(clock, network, contextOf(), {signal: stop.signal});
    await clock.advance(1e9);
    stop.abort();
    const {bytes, endAt} = await clock.run(waiting);
    expect([bytes.length, endAt]).to.deep.equal([0, 1e9]);
  });

  it('can be had: packet_loss, as pauses', async () => {
    const loss = {rate: 0.3, stall: 250};
    const {clock, network} = underFile({profile: {name: 'Lossy', loss}});
    const {bytes, endAt} = await clock.run(attempt(clock, network));
    expect(bytes).to.have.length(SIZE);
    expect(endAt).to.be.above(0);
    expect(endAt % 250).to.equal(0);
  });

  it('can be had: toxicity 0.5', async () => {
    const {clock, network} = underFile({
      rules: [{match: {probability: 0.5}, effect: {type: 'network-error'}}],
    });
    const felt: Outcome[] = [];
    for (let record = 0; record < 100; record += 1) {
      const context = contextOf({record, records: 100});
      felt.push(await clock.run(attempt(clock, network, context)));
    }
    const hit = felt.filter(({error}) => error !== undefined).length;
    expect(hit).to.be.within(30, 70);
  });

  it('can be had: bandwidth 5 of the stream "upstream"', async () => {
    const {clock, network} = underFile({
      profile: {name: 'Narrow', upload: 5 * 1_000},
    });
    const request = requestOf({method: 'POST', body: 'x'.repeat(SIZE)});
    const context = contextOf({uploadLength: SIZE});
    await clock.run(network.fetch(request, context));
    expect(clock.now()).to.be.closeTo(2_000, 1e-6);
  });
});
