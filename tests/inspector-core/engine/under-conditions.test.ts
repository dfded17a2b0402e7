/** The engine under conditions: what an app sees of each effect, each time. */
import {expect} from '@esm-bundle/chai';
import {
  EFFECTS,
  type Effect,
  type Rule,
  type Trigger,
} from '../../../inspector-core/conditions/conditions.js';
import {createDice} from '../../../inspector-core/conditions/random/dice.js';
import {
  closeWorlds,
  end,
  makeWorld,
  start,
  TRIGGERS,
} from './support/conditioned-world.js';
import {rejection, scripted, until} from './support/scripted.js';
import {chooseSeed} from '../../support/seed.js';

const SIZE = 10_000;

afterEach(closeWorlds);

/** A rule for the first attempt of the first record. */
const once = (effect: Effect, trigger: Trigger): Rule => ({
  match: {record: 0, attempt: {first: 1}},
  trigger,
  effect,
});

const show = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** What an effect comes to; where it matters, by when it comes. */
type Expected = string | Partial<Record<Trigger['at'] | 'else', string>>;

/** An engine that had no answer yet gives up; one that had asks for the rest. */
const LOST = {request: 'fetch-error', headers: 'fetch-error', else: 'success'};

/** Those that a call is refused with, or that have a test of their own below. */
type Elsewhere = 'permission-denied' | 'too-many-fetches' | 'redirect';

const REASONS = [
  'aborted',
  'bad-status',
  'fetch-error',
  'quota-exceeded',
  'download-total-exceeded',
] as const;

/** No effect can be left out, nor, below, any trigger that it can have. */
const CASES: {
  readonly [T in Exclude<Effect['type'], Elsewhere>]: readonly (readonly [
    Extract<Effect, {type: T}>,
    Expected,
  ])[];
} = {
  fail: REASONS.map((reason) => [{type: 'fail', reason}, reason]),
  status: [[{type: 'status', status: 503}, 'bad-status']],
  'network-error': [[{type: 'network-error'}, LOST]],
  drop: [[{type: 'drop'}, LOST]],
  stall: [
    [{type: 'stall', ms: 5_000}, 'success'],
    [{type: 'stall', ms: 5_000, next: 'drop'}, LOST],
  ],
  truncate: [[{type: 'truncate'}, 'success']],
  'wrong-length': [[{type: 'wrong-length', by: 100}, 'success']],
  'wrong-range': [[{type: 'wrong-range', by: 5}, 'success']],
  'refuse-range': [[{type: 'refuse-range'}, 'success']],
  etag: [[{type: 'etag'}, 'success']],
  headers: [[{type: 'headers', headers: {'x-made-up': '1'}}, 'success']],
  'redirect-loop': [[{type: 'redirect-loop'}, 'fetch-error']],
  offline: [[{type: 'offline', ms: 5_000}, 'success']],
  throttle: [[{type: 'throttle', latency: 700}, 'success']],
  slice: [[{type: 'slice', size: 1_000, delay: 10}, 'success']],
  'quota-exceeded': [[{type: 'quota-exceeded'}, 'quota-exceeded']],
  'storage-error': [[{type: 'storage-error'}, 'fetch-error']],
  'worker-killed': [[{type: 'worker-killed'}, 'success']],
  'browser-restarted': [[{type: 'browser-restarted'}, 'success']],
};

/** Of no record alone. */
const ENDS_ALL = ['aborted', 'download-total-exceeded'];

const EVENTS: Readonly<Record<string, string>> = {
  '': 'backgroundfetchsuccess',
  aborted: 'backgroundfetchabort',
};

describe('an effect, as an app sees it', () => {
  for (const [effect, expected] of Object.values(CASES).flat()) {
    for (const at of EFFECTS[effect.type]) {
      if (at === 'call') continue;
      for (const records of [1, 3]) {
        const result =
          typeof expected === 'string'
            ? expected
            : (expected[at] ?? expected.else ?? '');
        const {type, ...fields} = effect;
        const name = [type, ...Object.values(fields).map(show)].join(' ');
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
          const [own, ...others] = results;
          expect([own, others.length]).to.deep.equal([result, records - 1]);
          // What ends the whole fetch, aborts those that have not come to their end.
          const ends = ENDS_ALL.includes(result)
            ? ['success', 'aborted']
            : ['success'];
          for (const other of others) expect(ends).to.include(other);
          expect(reason).to.equal(isWhole ? '' : result);
          expect(event).to.equal(EVENTS[reason] ?? 'backgroundfetchfail');
          for (const [index, file] of files.entries()) {
            if (results[index] !== 'success') continue;
            expect(String(bodies[index])).to.equal(String(file.content));
          }
          expect(world.conditions.state.fired).to.deep.equal([1]);
          // Its object has the result before the event, once, and nothing after it.
          await until(() => world.told.includes('over'));
          expect(world.told).to.deep.equal([
            isWhole ? 'success' : `failure ${result}`,
            event,
            'over',
          ]);
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

  for (const [type, triggers] of Object.entries(EFFECTS)) {
    if (!triggers.includes('call')) continue;
    for (const records of [1, 3]) {
      it(`${type} rejects, of ${records}, and the next call does not`, async () => {
        const effect = {type} as Effect;
        const match = {attempt: {first: 1}};
        const world = makeWorld({
          rules: [{match, trigger: TRIGGERS.call, effect}],
        });
        const files = Array.from({length: records}, () => scripted(SIZE));
        expect(await rejection(start(world, files))).to.match(
          REFUSALS[type] ?? /nothing is known of this effect/,
        );
        for (const file of files) expect(await file.log()).to.deep.equal([]);
        await start(world, files);
        const {results, bodies} = await end(world);
        expect(results).to.deep.equal(files.map(() => 'success'));
        expect(bodies.map(String)).to.deep.equal(
          files.map(({content}) => String(content)),
        );
      });
    }
  }
});

describe('offline, at any byte and any number of times', () => {
  it('loses no byte of a real server’s', async () => {
    const seed = chooseSeed('offline, of a real server');
    const random = createDice(seed).stream('calls');
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
