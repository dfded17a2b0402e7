/** The engine under conditions: what an app sees of each effect, each time. */
import {expect} from '@esm-bundle/chai';
import {
  EFFECTS,
  type Effect,
  type Rule,
  type Trigger,
} from '../../../inspector-core/conditions/conditions.js';
import {createSeededRandom} from '../../../inspector-core/seams/random.js';
import {
  closeWorlds,
  end,
  makeWorld,
  start,
  type World,
} from './support/conditioned-world.js';
import {rejection, scripted, until} from './support/scripted.js';

const SIZE = 10_000;

afterEach(closeWorlds);

/** A rule for the first attempt of the first record. */
const once = (effect: Effect, trigger: Trigger): Rule => ({
  match: {record: 0, attempt: {first: 1}},
  trigger,
  effect,
});

const TRIGGERS: Readonly<Record<Trigger['at'], Trigger>> = {
  call: {at: 'call'},
  request: {at: 'request'},
  headers: {at: 'headers'},
  byte: {at: 'byte', byte: 4_000},
  percent: {at: 'percent', percent: 40},
  time: {at: 'time', ms: 40},
  end: {at: 'end'},
};

/** What an effect comes to; where it matters, by when it comes. */
type Expected = string | Partial<Record<Trigger['at'] | 'else', string>>;

/** An engine that had no answer yet gives up; one that had asks for the rest. */
const LOST = {request: 'fetch-error', headers: 'fetch-error', else: 'success'};

const CASES: readonly (readonly [Effect, Expected])[] = [
  [{type: 'fail', reason: 'bad-status'}, 'bad-status'],
  [{type: 'fail', reason: 'fetch-error'}, 'fetch-error'],
  [{type: 'fail', reason: 'quota-exceeded'}, 'quota-exceeded'],
  [{type: 'status', status: 503}, 'bad-status'],
  [{type: 'network-error'}, LOST],
  [{type: 'drop'}, LOST],
  [{type: 'stall', ms: 5_000}, 'success'],
  [{type: 'truncate'}, 'success'],
  [{type: 'wrong-length', by: 100}, 'success'],
  [{type: 'wrong-range', by: 5}, 'success'],
  [{type: 'refuse-range'}, 'success'],
  [{type: 'etag'}, 'success'],
  [{type: 'headers', headers: {'x-made-up': '1'}}, 'success'],
  [{type: 'redirect-loop'}, 'fetch-error'],
  [{type: 'offline', ms: 5_000}, 'success'],
  [{type: 'throttle', latency: 700}, 'success'],
  [{type: 'slice', size: 1_000, delay: 10}, 'success'],
  [{type: 'quota-exceeded'}, 'quota-exceeded'],
  [{type: 'storage-error'}, 'fetch-error'],
  [{type: 'worker-killed'}, 'success'],
  [{type: 'browser-restarted'}, 'success'],
];

const EVENT_OF = (reason: string): string =>
  reason === '' ? 'backgroundfetchsuccess' : 'backgroundfetchfail';

describe('an effect, as an app sees it', () => {
  for (const [effect, expected] of CASES) {
    for (const at of EFFECTS[effect.type]) {
      if (at === 'call') continue;
      for (const records of [1, 3]) {
        const result =
          typeof expected === 'string'
            ? expected
            : (expected[at] ?? expected.else ?? '');
        const name = 'reason' in effect ? effect.reason : effect.type;
        it(`${name} at ${at}, of ${records}: ${result}`, async () => {
          const world = makeWorld({rules: [once(effect, TRIGGERS[at])]});
          const files = Array.from({length: records}, () => scripted(SIZE));
          const job = await start(world, files);
          // Here no response takes any time; by the test's clock, that is.
          await until(
            () => at !== 'time' || job.records[0]?.response !== undefined,
          );
          const {event, reason, results, bodies} = await end(world);
          const isWhole = result === 'success';
          expect(results).to.deep.equal([
            result,
            ...files.slice(1).map(() => 'success'),
          ]);
          expect(reason).to.equal(isWhole ? '' : result);
          expect(event).to.equal(EVENT_OF(reason));
          for (const [index, file] of files.entries()) {
            if (results[index] !== 'success') continue;
            expect(String(bodies[index])).to.equal(String(file.content));
          }
          expect(world.conditions.state.fired).to.deep.equal([1]);
        });
      }
    }
  }
});

describe('a redirect, as an app sees it', () => {
  for (const records of [1, 3]) {
    it(`brings what is elsewhere, of ${records}`, async () => {
      const there = scripted(SIZE / 2);
      const to = new URL(there.url, location.href).href;
      const world = makeWorld({
        rules: [once({type: 'redirect', to}, TRIGGERS.request)],
      });
      const files = Array.from({length: records}, () => scripted(SIZE));
      const job = await start(world, files);
      const {event, bodies} = await end(world);
      expect(event).to.equal('backgroundfetchsuccess');
      expect(String(bodies[0])).to.equal(String(there.content));
      expect(job.records[0]?.response?.url).to.equal(to);
      for (const [index, file] of files.entries()) {
        if (index > 0) expect(bodies[index]).to.deep.equal(file.content);
      }
    });
  }
});

describe('an effect at a call', () => {
  const REFUSALS: Readonly<Record<string, RegExp>> = {
    'permission-denied': /^NotAllowedError/,
    'too-many-fetches': /^TypeError: There are too many/,
    'quota-exceeded': /^QuotaExceededError/,
    'storage-error': /^TypeError: Failed to store/,
  };

  for (const [type, refusal] of Object.entries(REFUSALS)) {
    it(`${type} rejects, and the next call does not`, async () => {
      const effect = {type} as Effect;
      const world = makeWorld({
        rules: [{match: {attempt: {first: 1}}, trigger: {at: 'call'}, effect}],
      });
      const file = scripted(SIZE);
      expect(await rejection(start(world, [file]))).to.match(refusal);
      await start(world, [file]);
      expect((await end(world)).results).to.deep.equal(['success']);
    });
  }
});

describe('each failureReason, reached in three ways', () => {
  type Way = readonly [string, () => Promise<World>];
  const byRule =
    (effect: Effect, trigger: Trigger) => async (): Promise<World> => {
      const world = makeWorld({rules: [{trigger, effect}]});
      await start(world, [scripted(SIZE), scripted(SIZE)]);
      return world;
    };
  const WAYS: Readonly<Record<string, readonly Way[]>> = {
    aborted: [
      ['a rule', byRule({type: 'fail', reason: 'aborted'}, TRIGGERS.byte)],
      [
        'the app',
        async () => {
          const world = makeWorld();
          await world.fetches.abort(await start(world, [scripted(SIZE)]));
          return world;
        },
      ],
      [
        'the user',
        async () => {
          const world = makeWorld();
          const job = await start(world, [scripted(SIZE)]);
          await world.fetches.abortByUser(job);
          return world;
        },
      ],
    ],
    'bad-status': [
      [
        'a rule',
        byRule({type: 'fail', reason: 'bad-status'}, TRIGGERS.request),
      ],
      ['a status', byRule({type: 'status', status: 404}, TRIGGERS.headers)],
      [
        'the server',
        async () => {
          const world = makeWorld();
          await start(world, [scripted(SIZE, {status: 500})]);
          return world;
        },
      ],
    ],
    'fetch-error': [
      ['a rule', byRule({type: 'fail', reason: 'fetch-error'}, TRIGGERS.end)],
      ['the network', byRule({type: 'network-error'}, TRIGGERS.request)],
      ['redirects', byRule({type: 'redirect-loop'}, TRIGGERS.request)],
    ],
    'quota-exceeded': [
      [
        'a rule',
        byRule({type: 'fail', reason: 'quota-exceeded'}, TRIGGERS.time),
      ],
      ['storage', byRule({type: 'quota-exceeded'}, TRIGGERS.headers)],
      [
        'a quota',
        async () => {
          const world = makeWorld({quota: SIZE / 2});
          await start(world, [scripted(SIZE)]);
          return world;
        },
      ],
    ],
    'download-total-exceeded': [
      [
        'a rule',
        byRule(
          {type: 'fail', reason: 'download-total-exceeded'},
          TRIGGERS.percent,
        ),
      ],
      [
        'one file',
        async () => {
          const world = makeWorld();
          await start(world, [scripted(SIZE)], {downloadTotal: SIZE - 1});
          return world;
        },
      ],
      [
        'two files',
        async () => {
          const world = makeWorld();
          const files = [scripted(SIZE), scripted(SIZE)];
          await start(world, files, {downloadTotal: SIZE + 1});
          return world;
        },
      ],
    ],
  };
  for (const [reason, ways] of Object.entries(WAYS)) {
    for (const [name, begin] of ways) {
      it(`${reason}, by ${name}`, async () => {
        const seen = await end(await begin());
        expect(seen.reason).to.equal(reason);
        expect(seen.event).to.equal(
          reason === 'aborted' ? 'backgroundfetchabort' : 'backgroundfetchfail',
        );
      });
    }
  }
});

describe('offline, at any byte and any number of times', () => {
  it('loses no byte of a real server’s', async () => {
    const seed = Date.now();
    const random = createSeededRandom(seed);
    const below = (limit: number): number => Math.floor(random() * limit);
    for (let run = 0; run < 30; run += 1) {
      const world = makeWorld({
        rules: Array.from({length: 1 + below(4)}, () => ({
          match: {attempt: {first: 1 + below(5)}, probability: random()},
          trigger: {at: 'byte', byte: below(SIZE)},
          effect: {type: 'offline', ms: 1 + below(10_000)},
        })),
      });
      const files = Array.from({length: 1 + below(3)}, () => scripted(SIZE));
      await start(world, files);
      const {reason, bodies} = await end(world);
      expect(reason, `seed ${seed}, run ${run}`).to.equal('');
      expect(bodies.map(String)).to.deep.equal(
        files.map(({content}) => String(content)),
      );
    }
  }).timeout(120_000);
});
