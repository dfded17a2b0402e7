import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {
  createConditions,
  EFFECTS,
  verdictOf,
  type Effect,
  type Rule,
  type Trigger,
} from '../../../../inspector-core/conditions/conditions.js';
import {HAS_BYTE_STREAMS} from '../../../support/byte-streams.js';
import {
  attempt,
  contextOf,
  requestOf,
  type Outcome,
} from '../support/download.js';
import {
  makeFile,
  makeServer,
  type MadeUpServer,
} from '../support/made-up-server.js';

const FILE = makeFile(10_000);
const ALL = [...FILE];

/** One attempt over a link of 10 bytes/ms after 50 ms, under one rule. */
const tryOut = async (
  rule: Rule,
  {
    received = 0,
    isByob = HAS_BYTE_STREAMS,
    until,
  }: {received?: number; isByob?: boolean; until?: number} = {},
): Promise<{
  outcome: Outcome;
  server: MadeUpServer;
  fired: readonly number[];
}> => {
  const clock = createManualClock();
  const server = makeServer(FILE, {isByob});
  const conditions = createConditions({
    clock,
    profile: {name: 'Test', download: 10_000, latency: 50},
    rules: [rule],
  });
  const stop = new AbortController();
  const trying = attempt(
    clock,
    conditions.shapeNetwork(server),
    contextOf({received, attempt: received === 0 ? 1 : 2}),
    {
      signal: stop.signal,
      ...(received === 0
        ? {}
        : {headers: {Range: `bytes=${received}-`, 'If-Range': '"1"'}}),
    },
  );
  if (until !== undefined) {
    await clock.advance(until);
    stop.abort();
  }
  const outcome = await clock.run(trying);
  return {outcome, server, fired: conditions.state.fired};
};

const TRIGGERS: readonly (readonly [Trigger, bytes: number, at: number])[] = [
  [{at: 'request'}, 0, 0],
  [{at: 'headers'}, 0, 50],
  [{at: 'byte', byte: 0}, 0, 50],
  [{at: 'byte', byte: 4_321}, 4_321, 482.1],
  [{at: 'percent', percent: 40}, 4_000, 450],
  [{at: 'percent', percent: 100}, 10_000, 1_050],
  [{at: 'time', ms: 20}, 0, 20],
  [{at: 'time', ms: 550}, 5_000, 550],
  [{at: 'end'}, 10_000, 1_050],
];

const nameOf = (trigger: Trigger): string => Object.values(trigger).join(' ');

/** Effects that cut the attempt off, and what it then ends with. */
const CUTS: readonly Effect[] = [
  {type: 'network-error'},
  {type: 'drop'},
  {type: 'offline', ms: 1_000},
  {type: 'fail', reason: 'quota-exceeded'},
  {type: 'worker-killed'},
  {type: 'browser-restarted'},
];

for (const isByob of [true, false]) {
  const isMissing = isByob && !HAS_BYTE_STREAMS;
  (isMissing ? describe.skip : describe)(
    `A rule over ${isByob ? 'a byte stream' : 'a plain stream'}`,
    () => {
      for (const [trigger, bytes, at] of TRIGGERS) {
        for (const effect of CUTS) {
          if (!EFFECTS[effect.type].includes(trigger.at)) continue;
          it(`brings ${effect.type} at ${nameOf(trigger)}`, async () => {
            const {outcome, server, fired} = await tryOut(
              {trigger, effect},
              {isByob},
            );
            // A time falls somewhere into a piece.
            const slack = trigger.at === 'time' ? 60 : 0;
            expect(outcome.bytes.length).to.be.within(bytes - slack, bytes);
            expect(outcome.bytes).to.deep.equal(
              ALL.slice(0, outcome.bytes.length),
            );
            expect(outcome.endAt).to.be.closeTo(at, 1e-6);
            expect(outcome.error).to.be.instanceOf(TypeError);
            expect(fired).to.deep.equal([1]);
            const wasSent = trigger.at !== 'request';
            expect(server.requests.length).to.equal(wasSent ? 1 : 0);
            expect(server.closed).to.equal(wasSent ? 1 : 0);
            expect(verdictOf(outcome.error)).to.deep.equal(
              effect.type === 'fail'
                ? effect
                : effect.type.endsWith('ed')
                  ? {type: effect.type}
                  : undefined,
            );
          });
        }

        it(`stalls for a second at ${nameOf(trigger)}, and goes on`, async () => {
          const effect: Effect = {type: 'stall', ms: 1_000};
          const {outcome} = await tryOut({trigger, effect}, {isByob});
          expect(outcome.bytes).to.deep.equal(ALL);
          // What a stall before the head holds up may overlap with the latency.
          const least =
            trigger.at === 'time' && trigger.ms < 50 ? 1_970 : 2_000;
          expect(outcome.endAt).to.be.within(least, 2_051);
        });

        it(`stalls at ${nameOf(trigger)} until it is aborted`, async () => {
          const effect: Effect = {type: 'stall'};
          const until = 100_000;
          const {outcome, server} = await tryOut(
            {trigger, effect},
            {isByob, until},
          );
          expect(outcome.endAt).to.equal(until);
          expect(outcome.error).to.have.property('name', 'AbortError');
          expect(server.closed).to.equal(trigger.at === 'request' ? 0 : 1);
        });

        it(`stalls at ${nameOf(trigger)}, and loses the connection`, async () => {
          const effect: Effect = {type: 'stall', ms: 1_000, next: 'drop'};
          const {outcome} = await tryOut({trigger, effect}, {isByob});
          expect(outcome.error).to.be.instanceOf(TypeError);
          expect(outcome.endAt).to.be.closeTo(at + 1_000, 1e-6);
        });

        if (EFFECTS['truncate'].includes(trigger.at)) {
          it(`ends the body early at ${nameOf(trigger)}`, async () => {
            const {outcome} = await tryOut(
              {trigger, effect: {type: 'truncate'}},
              {isByob},
            );
            expect([outcome.head, outcome.end]).to.deep.equal([200, 'end']);
            expect(outcome.bytes.length).to.be.within(
              Math.max(0, bytes - 60),
              bytes,
            );
            expect(outcome.bytes).to.deep.equal(
              ALL.slice(0, outcome.bytes.length),
            );
          });
        }
      }
    },
  );
}

describe('A rule', () => {
  it('answers with any status, and sends nothing', async () => {
    for (const status of [200, 204, 304, 404, 503]) {
      const effect: Effect = {type: 'status', status};
      const {outcome, server} = await tryOut({effect});
      expect([outcome.head, outcome.bytes.length]).to.deep.equal([status, 0]);
      expect([outcome.headAt, server.requests.length]).to.deep.equal([50, 0]);
    }
  });

  it('puts another status on a real response', async () => {
    const trigger: Trigger = {at: 'headers'};
    const {outcome} = await tryOut({
      trigger,
      effect: {type: 'status', status: 500},
    });
    expect([outcome.head, outcome.bytes]).to.deep.equal([500, ALL]);
    const none = await tryOut({trigger, effect: {type: 'status', status: 204}});
    expect([none.outcome.head, none.outcome.bytes]).to.deep.equal([204, []]);
  });

  const header = async (
    effect: Effect,
    name: string,
  ): Promise<string | null> => {
    const {outcome} = await tryOut({effect}, {received: 4_000});
    expect(outcome.bytes).to.deep.equal(ALL.slice(4_000));
    return outcome.headers.get(name);
  };

  it('lies about the length, the range and the tag', async () => {
    expect(
      await header({type: 'wrong-length', by: -7}, 'Content-Length'),
    ).to.equal('5993');
    expect(
      await header({type: 'wrong-range', by: 1}, 'Content-Range'),
    ).to.equal('bytes 4001-10000/10000');
    expect(await header({type: 'etag', etag: '"2"'}, 'ETag')).to.equal('"2"');
    const tag = await header({type: 'etag'}, 'ETag');
    expect(tag)
      .to.match(/^"\w+"$/)
      .and.not.equal('"1"');
    expect(await header({type: 'etag'}, 'ETag')).to.equal(tag);
  });

  it('sets headers, and takes them away', async () => {
    const effect: Effect = {type: 'headers', headers: {'X-A': 'b', ETag: ''}};
    expect(await header(effect, 'x-a')).to.equal('b');
    expect(await header(effect, 'etag')).to.equal(null);
  });

  it('keeps the Range from the server, which then sends all', async () => {
    const {outcome, server} = await tryOut(
      {effect: {type: 'refuse-range'}},
      {received: 4_000},
    );
    expect([outcome.head, outcome.bytes]).to.deep.equal([200, ALL]);
    expect(server.requests).to.deep.equal(['GET /file']);
  });

  it('has the answer come from another place, with all that was sent', async () => {
    const sent: Request[] = [];
    const clock = createManualClock();
    const server = makeServer(FILE);
    const to = 'https://other.example/there?a';
    const conditions = createConditions({
      clock,
      profile: {name: 'Test', latency: 50},
      rules: [{effect: {type: 'redirect', to}}],
    });
    const network = conditions.shapeNetwork({
      ...server,
      fetch(request) {
        sent.push(request);
        return server.fetch(request);
      },
    });
    const response = await clock.run(
      network.fetch(
        requestOf({method: 'POST', body: 'abc', headers: {'X-A': '1'}}),
        contextOf({uploadLength: 3}),
      ),
    );
    const [request] = sent;
    expect([request?.method, request?.url]).to.deep.equal(['POST', to]);
    expect(request?.headers.get('x-a')).to.equal('1');
    expect(await request?.text()).to.equal('abc');
    expect([response.status, response.redirected]).to.deep.equal([200, true]);
    expect(clock.now()).to.equal(100);
  });

  it('goes in circles twenty times', async () => {
    const {outcome, server} = await tryOut({effect: {type: 'redirect-loop'}});
    expect(outcome.error).to.be.instanceOf(TypeError);
    expect([outcome.endAt, server.requests.length]).to.deep.equal([1_000, 0]);
  });

  it('has a link of its own for what it throttles', async () => {
    const {outcome} = await tryOut({
      effect: {type: 'throttle', download: 1_000, latency: 200},
    });
    expect(outcome.headAt).to.equal(200);
    expect(outcome.endAt).to.be.closeTo(10_200, 1e-6);
  });

  it('cuts pieces, with a delay between them', async () => {
    const {outcome} = await tryOut({
      effect: {type: 'slice', size: 100, variation: 50, delay: 30},
    });
    expect(outcome.bytes).to.deep.equal(ALL);
    // About 100 pieces; each delay also holds the link up.
    expect(outcome.endAt).to.be.within(3_000, 5_500);
  });

  it('of a byte does not come again where the next attempt goes on', async () => {
    const rule: Rule = {
      trigger: {at: 'byte', byte: 4_000},
      effect: {type: 'drop'},
    };
    const {outcome, fired} = await tryOut(rule, {received: 4_000});
    expect(outcome.bytes).to.deep.equal(ALL.slice(4_000));
    expect(fired).to.deep.equal([0]);
    const each = await tryOut(
      {trigger: {at: 'byte', byte: 100, of: 'attempt'}, effect: {type: 'drop'}},
      {received: 4_000},
    );
    expect(each.outcome.bytes).to.deep.equal(ALL.slice(4_000, 4_100));
  });
});
