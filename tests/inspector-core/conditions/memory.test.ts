import {expect} from '@esm-bundle/chai';
import {
  createConditions,
  createManualClock,
  trainTunnel,
  type ConditionsFile,
  type ConditionsMemory,
  type Remembered,
  type Rule,
} from '../../../inspector-core/conditions/conditions.js';
import {attempt, contextOf, download} from './support/download.js';
import {makeFile, makeServer} from './support/made-up-server.js';

const FILE = makeFile(10_000);
const SLOW = {name: 'Slow', download: 1_000};
/** Of the first attempt of each record. */
const DROP: Rule = {match: {attempt: {first: 1}}, effect: {type: 'drop'}};

/** A place that outlives workers, which begin one after the other. */
function makePlace() {
  const clock = createManualClock();
  let remembered: Remembered | undefined;
  const memory: ConditionsMemory = {
    read: async () => remembered,
    write: async (now) => {
      remembered = structuredClone(now);
    },
  };
  const begin = async (file: Omit<ConditionsFile, 'version'>) => {
    const conditions = createConditions({clock, memory, ...file});
    await conditions.ready;
    return conditions;
  };
  return {clock, begin};
}

describe('What the next worker knows', () => {
  it('is how many attempts, calls and effects there were', async () => {
    const {clock, begin} = makePlace();
    const rules: readonly Rule[] = [
      DROP,
      {match: {attempt: {first: 1}}, effect: {type: 'permission-denied'}},
    ];
    const call = {fetchId: 'movie', requests: []};
    const first = await begin({rules});
    await attempt(clock, first.shapeNetwork(makeServer(FILE)));
    expect(first.judgeCall(call)).to.equal('permission-denied');
    await clock.advance(1);
    const second = await begin({rules});
    expect(second.state.fired).to.deep.equal([1, 1]);
    expect(second.judgeCall(call)).to.equal(undefined);
    const {bytes} = await attempt(clock, second.shapeNetwork(makeServer(FILE)));
    expect(bytes).to.have.length(FILE.length);
  });

  it('is when a schedule began, from its first request on', async () => {
    const {clock, begin} = makePlace();
    const file = {
      profile: SLOW,
      schedule: {
        name: 'Late',
        phases: [{from: {ms: 5_000}, for: 1_000, offline: true}],
      },
    };
    const first = await begin(file);
    void attempt(clock, first.shapeNetwork(makeServer(FILE)));
    await clock.advance(3_000);
    const second = await begin(file);
    void attempt(clock, second.shapeNetwork(makeServer(FILE)));
    await clock.advance(2_500);
    expect(second.state.isOnline).to.equal(false);
  });

  it('is how far a fetch has come, as soon as it has', async () => {
    const {clock, begin} = makePlace();
    const file = {profile: SLOW, schedule: trainTunnel()};
    const first = await begin(file);
    void attempt(clock, first.shapeNetwork(makeServer(FILE)));
    await clock.advance(4_100);
    expect(first.state.isOnline).to.equal(false);
    const second = await begin(file);
    expect(second.state.isOnline).to.equal(false);
    await clock.advance(10_000);
    expect(second.state.isOnline).to.equal(true);
  });

  it('is nothing of what was before conditions were set', async () => {
    const {clock, begin} = makePlace();
    const file = {profile: SLOW, schedule: trainTunnel(), rules: [DROP]};
    const first = await begin(file);
    const server = makeServer(FILE);
    await clock.run(download(clock, first.shapeNetwork(server), FILE.length));
    // The one that the rule dropped, the tunnel, and the rest.
    expect(server.requests).to.have.length(3);
    for (const reset of [
      () => first.reset(),
      () => first.apply({version: 1}),
      () => first.setRules([]),
    ]) {
      reset();
      first.apply({version: 1, ...file});
      await clock.advance(1);
      const next = await begin(file);
      expect(next.state.fired).to.deep.equal([0]);
    }
    const next = await begin(file);
    const again = makeServer(FILE);
    const context = {key: 2};
    await clock.run(
      download(clock, next.shapeNetwork(again), FILE.length, context),
    );
    expect(again.requests).to.have.length(3);
  });

  it('is what was counted before the network was another one, too', async () => {
    const {clock, begin} = makePlace();
    const first = await begin({rules: [DROP]});
    await attempt(clock, first.shapeNetwork(makeServer(FILE)));
    first.setProfile(SLOW);
    await clock.advance(1);
    const second = await begin({rules: [DROP], profile: SLOW});
    const {end} = await clock.run(
      attempt(clock, second.shapeNetwork(makeServer(FILE)), contextOf()),
    );
    expect(end).to.equal('end');
  });
});

it('Calls count from when the rules were set', async () => {
  const clock = createManualClock();
  const conditions = createConditions({clock});
  const call = {fetchId: 'movie', requests: []};
  const rule: Rule = {
    match: {attempt: {first: 1}},
    effect: {type: 'too-many-fetches'},
  };
  expect(conditions.judgeCall(call)).to.equal(undefined);
  for (const name of ['One', 'Other']) {
    conditions.setRules([{name, ...rule}]);
    expect(conditions.judgeCall(call)).to.equal('too-many-fetches');
    expect(conditions.judgeCall(call)).to.equal(undefined);
    conditions.setRuleEnabled(0, false);
    conditions.setRuleEnabled(0, true);
    expect(conditions.judgeCall(call)).to.equal(undefined);
  }
});
