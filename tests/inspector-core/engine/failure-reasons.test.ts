import {expect} from '@esm-bundle/chai';
import type {
  Effect,
  Trigger,
} from '../../../inspector-core/conditions/conditions.js';
import {
  closeWorlds,
  end,
  makeWorld,
  start,
  TRIGGERS,
  type World,
} from './support/conditioned-world.js';
import {scripted} from './support/scripted.js';

const SIZE = 10_000;

afterEach(closeWorlds);

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
