import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';
import {
  commutingDay,
  createConditions,
  trainTunnel,
  type ConditionsEvent,
  type Effect,
  type Rule,
} from '../../../inspector-core/conditions/conditions.js';
import {attempt, contextOf, download} from './support/download.js';
import {makeFile, makeServer} from './support/made-up-server.js';
import {refusal} from './support/refusal.js';

const FILE = makeFile(10_000);

describe('Conditions', () => {
  it('are nothing, until something is set', async () => {
    const clock = createManualClock();
    const conditions = createConditions({clock});
    expect(conditions.state.isActive).to.equal(false);
    const network = conditions.shapeNetwork(makeServer(FILE));
    const {bytes, endAt} = await attempt(clock, network);
    expect([bytes, endAt]).to.deep.equal([[...FILE], 0]);
  });

  it('have the first byte come at the latency, and the last at the rate', async () => {
    for (const rate of [50_000, 180_000, 1e6]) {
      const clock = createManualClock();
      const conditions = createConditions({
        clock,
        profile: {name: 'Mine', download: rate, latency: 562.5},
      });
      const network = conditions.shapeNetwork(makeServer(makeFile(100_000)));
      const first = network
        .fetch(new Request('https://made.up/'))
        .then((response) => {
          expect(clock.now()).to.equal(562.5);
          return response.body?.getReader().read();
        });
      await clock.run(first);
      expect(clock.now()).to.be.within(562.5, 563);
      const before = clock.now();
      const {endAt} = await clock.run(attempt(clock, network));
      expect(endAt - before).to.be.closeTo(562.5 + 1e8 / rate, 1e-6);
    }
  });

  it('make uploads wait, and tell how far they are', async () => {
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      profile: {name: 'Up', upload: 1_000},
    });
    const sent: number[] = [];
    const context = contextOf({
      uploadLength: 2_000,
      onUpload: (count) => sent.push(count),
    });
    const server = makeServer(FILE);
    const network = conditions.shapeNetwork(server);
    const trying = attempt(clock, network, context, {
      method: 'POST',
      body: 'x',
    });
    await clock.advance(1_000);
    expect(sent.reduce((a, b) => a + b, 0)).to.be.within(990, 1_000);
    expect(server.requests).to.deep.equal([]);
    const {headAt} = await clock.run(trying);
    expect(headAt).to.be.closeTo(2_000, 1e-6);
    expect(sent.reduce((a, b) => a + b, 0)).to.equal(2_000);
  });

  it('lose packets: a stream stalls, and its siblings do not', async () => {
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      profile: {name: 'Lossy', loss: {rate: 0.2, stall: 300}},
    });
    const network = conditions.shapeNetwork(makeServer(makeFile(60_000)));
    const ends = await clock.run(
      Promise.all(
        [0, 1, 2].map(async (record) => {
          const one = await attempt(clock, network, contextOf({record}));
          expect(one.bytes.length).to.equal(60_000);
          return one.endAt;
        }),
      ),
    );
    for (const end of ends) expect(end % 300).to.equal(0);
    expect(new Set(ends).size).to.be.above(1);
  });

  it('cut what is under way when they go offline, and say when they are back', async () => {
    const clock = createManualClock();
    const server = makeServer(FILE);
    const conditions = createConditions({
      clock,
      profile: {name: 'Slow', download: 1_000},
    });
    const network = conditions.shapeNetwork(server);
    const trying = attempt(clock, network);
    await clock.advance(2_000);
    conditions.setOffline(true);
    const {bytes, error, endAt} = await trying;
    expect(error).to.be.instanceOf(TypeError);
    expect([bytes.length, endAt, server.closed]).to.deep.equal([
      2_000, 2_000, 1,
    ]);
    expect(network.isOnline()).to.equal(false);
    expect((await attempt(clock, network)).error).to.be.instanceOf(TypeError);
    const stop = new AbortController();
    const given = network.whenOnline(stop.signal).catch((reason) => reason);
    stop.abort('enough');
    expect(await given).to.equal('enough');
    const back = network.whenOnline(new AbortController().signal);
    conditions.setOffline(false);
    await back;
    expect(network.isOnline()).to.equal(true);
  });

  it('change the rate in mid-flight', async () => {
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      profile: {name: 'Slow', download: 1_000},
    });
    const trying = attempt(clock, conditions.shapeNetwork(makeServer(FILE)));
    await clock.advance(1_000);
    conditions.setProfile({name: 'Fast', download: 9_000});
    const {endAt} = await clock.run(trying);
    expect(endAt).to.be.closeTo(2_000, 10);
    const second = attempt(clock, conditions.shapeNetwork(makeServer(FILE)));
    await clock.advance(100);
    conditions.setProfile('No throttling');
    expect((await clock.run(second)).endAt).to.be.closeTo(endAt + 100, 1e-6);
  });

  it('share the link anew with what was asked for before it was slow', async () => {
    const clock = createManualClock();
    const conditions = createConditions({clock});
    const server = makeServer(makeFile(1_000));
    let come: () => void = () => undefined;
    const late = new ReadableStream({
      pull: async (controller) => {
        await new Promise<void>((resolve) => {
          come = resolve;
        });
        controller.enqueue(FILE);
        controller.close();
      },
    });
    const network = conditions.shapeNetwork({
      ...server,
      fetch: async (request) =>
        request.url.endsWith('/late')
          ? new Response(late)
          : server.fetch(request),
    });
    const large = attempt(clock, network, contextOf(), {}, '/late');
    await clock.advance(1_000);
    conditions.setProfile({name: 'Slow', download: 1_000});
    come();
    await clock.advance(10);
    const small = attempt(clock, network, contextOf({record: 1}));
    expect((await clock.run(small)).endAt).to.be.within(3_000, 3_030);
    expect((await clock.run(large)).endAt).to.be.closeTo(12_000, 10);
  });

  it('enter a tunnel at 40 %, to the byte, and leave it after 10 s', async () => {
    for (const parts of [{}, {downloadTotal: 10_000}]) {
      const clock = createManualClock();
      const server = makeServer(FILE);
      const conditions = createConditions({
        clock,
        profile: {name: 'Train', download: 1_000},
        schedule: trainTunnel(),
      });
      const network = conditions.shapeNetwork(server);
      await clock.advance(5_000);
      const {bytes} = await clock.run(download(clock, network, 10_000, parts));
      expect(bytes).to.deep.equal([...FILE]);
      expect(server.requests).to.deep.equal([
        'GET /file',
        'GET /file bytes=4000-',
      ]);
      expect(clock.now()).to.be.closeTo(5_000 + 4_000 + 10_000 + 6_000, 5);
    }
  });

  it('go through a day', async () => {
    const clock = createManualClock({tick: 1_000});
    const conditions = createConditions({clock, schedule: commutingDay(4)});
    const names = new Set<string>();
    let gaps = 0;
    conditions.subscribe((event) => {
      names.add(conditions.state.current.name);
      if (event.type === 'online-changed' && !event.isOnline) gaps += 1;
    });
    await clock.run(
      attempt(clock, conditions.shapeNetwork(makeServer(makeFile(1)))),
    );
    await clock.advance(24 * 3_600_000);
    expect([...names].toSorted()).to.include.members([
      '3G',
      'Fast 4G',
      'Slow 4G',
      'Wi-Fi',
    ]);
    expect(gaps).to.equal(18);
    expect(conditions.state.current.name).to.equal('No throttling');
  });

  it('have verdicts on calls', () => {
    const rules: Rule[] = [
      {effect: {type: 'permission-denied'}, match: {attempt: {first: 1}}},
      {effect: {type: 'too-many-fetches'}, match: {url: '*://*:*/big'}},
      {
        effect: {type: 'quota-exceeded'},
        trigger: {at: 'call'},
        match: {fetchId: 'b'},
      },
    ];
    const conditions = createConditions({clock: createManualClock(), rules});
    const judge = (fetchId: string, path: string): string | undefined =>
      conditions.judgeCall({
        fetchId,
        requests: [
          {url: 'https://made.up/other', method: 'GET'},
          {url: `https://made.up${path}`, method: 'GET'},
        ],
      });
    expect(judge('a', '/x')).to.equal('permission-denied');
    expect(judge('a', '/x')).to.equal(undefined);
    expect(judge('a', '/big')).to.equal('too-many-fetches');
    expect(judge('b', '/big')).to.equal('permission-denied');
    expect(judge('b', '/x')).to.equal('quota-exceeded');
    expect(conditions.state.fired).to.deep.equal([2, 1, 1]);
  });

  it('are stored as JSON, and taken from it', () => {
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      seed: 9,
      profile: '3G',
      offline: true,
      links: 'per-fetch',
      rules: [{effect: {type: 'drop'}}],
      schedule: trainTunnel(),
    });
    const file: unknown = JSON.parse(JSON.stringify(conditions));
    const other = createConditions({clock});
    other.apply(file);
    expect(other.state).to.deep.equal(conditions.state);
    expect(JSON.stringify(other)).to.equal(JSON.stringify(conditions));
  });

  it('refuse what is wrong, and keep all that was set', () => {
    const conditions = createConditions({
      clock: createManualClock(),
      profile: '3G',
    });
    const before = JSON.stringify(conditions);
    let events = 0;
    conditions.subscribe(() => {
      events += 1;
    });
    const rules = [{effect: {type: 'drop'}}, {effect: {type: 'drop', x: 1}}];
    const bad: readonly (readonly [() => void, string])[] = [
      [() => conditions.apply({version: 2}), 'conditions.version: 2 is newer'],
      [
        () => conditions.apply({version: '1'}),
        'conditions.version: expected 1',
      ],
      [() => conditions.apply([]), 'conditions: expected an object'],
      [
        () => conditions.apply({version: 1, profile: 'DSL', rules}),
        'conditions.rules[1].effect.x:',
      ],
      [
        () => conditions.apply({version: 1, speed: 1}),
        'conditions.speed: there is no such field',
      ],
      [
        () => conditions.setProfile({name: 'x', download: 0}),
        'profile.download:',
      ],
      [() => conditions.setOffline('yes'), 'offline: expected true or false'],
      [() => conditions.setLinks('none'), 'links: expected one of shared'],
      [() => conditions.setSeed(-1), 'seed: expected a whole number'],
      [() => conditions.setRules(rules), 'rules[1].effect.x:'],
      [
        () => conditions.setRuleEnabled(0, true),
        'rules[0]: there is no such rule',
      ],
      [() => conditions.setSchedule({}), 'schedule.name:'],
    ];
    for (const [act, words] of bad) expect(refusal(act)).to.contain(words);
    expect([JSON.stringify(conditions), events]).to.deep.equal([before, 0]);
  });

  it('go back to normal at once', async () => {
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      profile: '3G',
      rules: [{effect: {type: 'offline', ms: 60_000}}],
      schedule: trainTunnel(),
    });
    const network = conditions.shapeNetwork(makeServer(FILE));
    await attempt(clock, network);
    expect(network.isOnline()).to.equal(false);
    conditions.reset();
    expect(network.isOnline()).to.equal(true);
    expect(conditions.state.isActive).to.equal(false);
    const {bytes, endAt} = await attempt(clock, network);
    expect([bytes.length, endAt]).to.deep.equal([10_000, 0]);
  });

  it('hold for all, whoever hears of them and throws', async () => {
    const {queueMicrotask} = globalThis;
    const later: (() => void)[] = [];
    // What is thrown there is meant for the console, not for who runs tests.
    globalThis.queueMicrotask = (task) => {
      later.push(task);
    };
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      schedule: {
        name: 'Gap',
        phases: [{from: {ms: 10}, for: 10, offline: true}],
      },
    });
    const error = new Error('Mine');
    conditions.subscribe(() => {
      throw error;
    });
    const told: boolean[] = [];
    conditions.subscribe((event) => {
      if (event.type === 'online-changed') told.push(event.isOnline);
    });
    await attempt(clock, conditions.shapeNetwork(makeServer(FILE)));
    await clock.advance(30);
    globalThis.queueMicrotask = queueMicrotask;
    expect(told).to.deep.equal([false, true]);
    expect(later).to.have.length(2);
    for (const report of later) expect(report).to.throw(error);
  });

  it('are the same in whatever order their fields are', async () => {
    const clock = createManualClock();
    const conditions = createConditions({
      clock,
      rules: [{match: {}, effect: {type: 'drop'}}],
    });
    await attempt(clock, conditions.shapeNetwork(makeServer(FILE)));
    conditions.setRuleEnabled(0, true);
    conditions.apply(JSON.parse(JSON.stringify(conditions)));
    expect(conditions.state.fired).to.deep.equal([1]);
  });

  it('keep count when a rule is switched off, and tell what happens', async () => {
    const clock = createManualClock();
    const effect: Effect = {type: 'status', status: 503};
    const conditions = createConditions({clock, rules: [{effect}]});
    const events: ConditionsEvent[] = [];
    const stop = new AbortController();
    conditions.subscribe((event) => events.push(event), {signal: stop.signal});
    const network = conditions.shapeNetwork(makeServer(FILE));
    expect((await attempt(clock, network)).head).to.equal(503);
    conditions.setRuleEnabled(0, false);
    expect((await attempt(clock, network)).head).to.equal(200);
    expect(conditions.state.fired).to.deep.equal([1]);
    stop.abort();
    conditions.setRules([]);
    expect(events).to.deep.equal([
      {
        type: 'rule-fired',
        at: 0,
        rule: 0,
        effect: 'status',
        trigger: 'request',
        fetchId: 'movie',
        record: 0,
        attempt: 1,
      },
      {type: 'changed', at: 0},
    ]);
  });
});
