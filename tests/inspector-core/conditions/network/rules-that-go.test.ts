import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {
  createConditions,
  type Effect,
  type Rule,
} from '../../../../inspector-core/conditions/conditions.js';
import {attempt, contextOf, download} from '../support/download.js';
import {makeFile, makeServer} from '../support/made-up-server.js';
import {commitOf, makeStorage} from '../support/made-up-storage.js';

const FILE = makeFile(10_000);
const ALL = [...FILE];
/** When a test looks away: whatever lasts longer lasts for good. */
const LATER = 3_600_000;

const OTHER: Rule = {match: {fetchId: 'other'}, effect: {type: 'drop'}};

/** One attempt over 10 bytes/ms, under a rule that something becomes of. */
async function tryOut(
  rule: Rule,
  change: (conditions: ReturnType<typeof createConditions>) => void,
) {
  const clock = createManualClock();
  const conditions = createConditions({
    clock,
    profile: {name: 'Test', download: 10_000},
    rules: [rule],
  });
  const fired: number[] = [];
  conditions.subscribe((event) => {
    if (event.type === 'rule-fired') fired.push(event.rule);
  });
  const network = conditions.shapeNetwork(makeServer(FILE));
  const trying = attempt(clock, network);
  await clock.advance(100);
  change(conditions);
  await clock.advance(LATER);
  const outcome = await trying;
  return {outcome, fired, conditions, due: clock.due};
}

const WAYS: Readonly<
  Record<string, (conditions: ReturnType<typeof createConditions>) => void>
> = {
  'all is back to normal': (conditions) => conditions.apply({version: 1}),
  'it is reset': (conditions) => conditions.reset(),
  'another takes its place': (conditions) => conditions.setRules([OTHER]),
  'it is switched off': (conditions) => conditions.setRuleEnabled(0, false),
};

const LASTING: readonly Effect[] = [
  {type: 'stall'},
  {type: 'stall', ms: 10 * LATER},
  {type: 'stall', ms: 10 * LATER, next: 'drop'},
  {type: 'throttle', download: 1},
  {type: 'throttle', latency: 600_000},
  {type: 'throttle', loss: {rate: 0.9, stall: 60_000}},
  {type: 'slice', size: 1, delay: LATER},
];

describe('A rule that is gone', () => {
  for (const [way, change] of Object.entries(WAYS)) {
    for (const effect of LASTING) {
      it(`lets ${JSON.stringify(effect)} end when ${way}`, async () => {
        const {outcome, due} = await tryOut({effect}, change);
        // Nobody waits any more for what it was to last.
        expect(due).to.deep.equal([]);
        expect(outcome.bytes).to.deep.equal(ALL);
        expect(outcome.end).to.equal('end');
        expect(outcome.endAt).to.be.below(1_200);
      });
    }

    it(`does not come any more when ${way}`, async () => {
      const {outcome, fired} = await tryOut(
        {trigger: {at: 'byte', byte: 5_000}, effect: {type: 'drop'}},
        change,
      );
      expect(outcome.bytes).to.deep.equal(ALL);
      expect(fired).to.deep.equal([]);
    });

    it(`lets the next commit be stored when ${way}`, async () => {
      const {conditions} = await tryOut(
        {effect: {type: 'storage-error'}},
        () => undefined,
      );
      const storage = conditions.shapeStorage(makeStorage());
      change(conditions);
      await storage.commit(contextOf().key, commitOf({to: 10}));
      expect(storage.lengths).to.deep.equal([10]);
    });

    it(`gives the network back when ${way}`, async () => {
      const clock = createManualClock();
      const conditions = createConditions({
        clock,
        rules: [
          {
            match: {attempt: {first: 1}},
            effect: {type: 'offline', ms: 10 * LATER},
          },
        ],
      });
      const network = conditions.shapeNetwork(makeServer(FILE));
      const done = download(clock, network, FILE.length);
      await clock.advance(100);
      expect(conditions.state.isOnline).to.equal(false);
      change(conditions);
      expect(conditions.state.isOnline).to.equal(true);
      await clock.advance(LATER);
      expect((await done).bytes).to.deep.equal(ALL);
    });
  }
});

it('A rule that is shortened gives the network back', async () => {
  const offline = (ms: number): Rule => ({
    match: {attempt: {first: 1}},
    effect: {type: 'offline', ms},
  });
  const {conditions} = await tryOut(offline(10 * LATER), (changed) => {
    changed.setRules([offline(10)]);
    expect(changed.state.isOnline).to.equal(true);
  });
  expect(conditions.state.fired).to.deep.equal([0]);
});

describe('An attempt whose slower link is taken away', () => {
  const throttle: Rule = {effect: {type: 'throttle', download: 1}};

  it('goes by the network that there is then, not by that of before', async () => {
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      rules: [throttle],
      schedule: {
        name: 'Slow',
        phases: [{from: {ms: 0}, profile: {name: 'Slow', download: 1}}],
      },
    });
    const trying = attempt(clock, conditions.shapeNetwork(makeServer(FILE)));
    await clock.advance(1_000);
    conditions.apply({version: 1});
    expect((await clock.run(trying)).endAt).to.be.closeTo(1_000, 1e-6);
  });

  it('goes by each one that is set later', async () => {
    const {outcome} = await tryOut(throttle, (conditions) => {
      conditions.setRules([]);
      conditions.setProfile({name: 'Slow', download: 100});
    });
    expect(outcome.endAt).to.be.within(100_000, 100_110);
  });
});

describe('A rule that stays', () => {
  const rule: Rule = {
    name: 'Stays',
    trigger: {at: 'byte', byte: 5_000},
    effect: {type: 'stall', ms: 2_000},
  };

  it('comes, and is counted at the place that it has by then', async () => {
    const {outcome, fired, conditions} = await tryOut(rule, (changed) => {
      changed.apply({version: 1, rules: [OTHER, rule]});
    });
    expect(fired).to.deep.equal([1]);
    expect(conditions.state.fired).to.deep.equal([0, 1]);
    expect(outcome.endAt).to.be.above(2_000);
  });

  it('keeps the network away while others are set beside it', async () => {
    const offline: Rule = {effect: {type: 'offline', ms: 5_000}};
    const {conditions} = await tryOut(offline, (changed) => {
      changed.apply({version: 1, rules: [OTHER, offline]});
      expect(changed.state.isOnline).to.equal(false);
    });
    expect(conditions.state.isOnline).to.equal(true);
  });
});
