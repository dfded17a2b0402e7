import {expect} from '@esm-bundle/chai';
import {
  createConditions,
  createManualClock,
  trainTunnel,
  type Network,
} from '../../../inspector-core/conditions/conditions.js';
import {contextOf} from './support/download.js';

const TOTAL = 10e9;
/** Bytes per second of 3G, and its latency in milliseconds. */
const RATE = 50_000;
const LATENCY = 2_000;
/** A minute of two days and a half. */
const TICK = 60_000;
const TUNNEL = 600_000;

/** So many bytes as a body, and from where on: one buffer, again and again. */
function makeEndlessServer(): Network {
  const buffer = new Uint8Array((RATE * TICK) / 1_000);
  return {
    isOnline: () => true,
    whenOnline: () => Promise.resolve(),
    async fetch({headers}) {
      const from = Number(
        /^bytes=(\d+)-$/.exec(headers.get('Range') ?? '')?.[1] ?? 0,
      );
      let left = TOTAL - from;
      const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
        pull(controller) {
          const piece = buffer.subarray(0, left);
          left -= piece.length;
          if (piece.length === 0) controller.close();
          else controller.enqueue(piece);
        },
      });
      return new Response(body, {
        status: from === 0 ? 200 : 206,
        headers:
          from === 0
            ? {'Content-Length': `${TOTAL}`}
            : {'Content-Range': `bytes ${from}-${TOTAL - 1}/${TOTAL}`},
      });
    },
  };
}

describe('10 GB over 3G', () => {
  it('take a coarse clock some thousand steps, and happen as they should', async () => {
    const clock = createManualClock({tick: TICK});
    const conditions = createConditions({
      clock,
      profile: '3G',
      schedule: trainTunnel({ms: TUNNEL}),
    });
    const network = conditions.shapeNetwork(makeEndlessServer());
    const log: (readonly [at: number, what: string])[] = [];
    conditions.subscribe((event) => {
      if (event.type !== 'online-changed') return;
      log.push([event.at, event.isOnline ? 'online' : 'offline']);
    });
    let received = 0;
    let pieces = 0;
    const read = async (attempt: number): Promise<void> => {
      await network.whenOnline(new AbortController().signal);
      const response = await network.fetch(
        new Request('https://made.up/', {
          headers: received === 0 ? {} : {Range: `bytes=${received}-`},
        }),
        contextOf({attempt, received}),
      );
      const reader = response.body?.getReader();
      for (;;) {
        const {value, done} = (await reader?.read()) ?? {done: true};
        if (done) break;
        received += value?.length ?? 0;
        pieces += 1;
      }
    };
    const from = performance.now();
    await clock.run(
      read(1).catch((error: unknown) => {
        log.push([received, String(error)]);
        return read(2);
      }),
    );
    // It is not tested: another browser may be at work beside this one.
    console.log(`10 GB in ${Math.round(performance.now() - from)} ms`);
    expect(received).to.equal(TOTAL);
    expect(pieces).to.be.below(TOTAL / RATE / (TICK / 1_000) + 100);
    const [[offlineAt], [cutAt, error], [onlineAt]] = log as [
      [number],
      [number, string],
      [number],
    ];
    expect([cutAt, error]).to.deep.equal([
      0.4 * TOTAL,
      'TypeError: Failed to fetch',
    ]);
    const tunnelAt = LATENCY + (0.4 * TOTAL * 1_000) / RATE;
    expect(offlineAt).to.be.within(tunnelAt, tunnelAt + 2 * TICK);
    expect(onlineAt - offlineAt).to.be.within(TUNNEL, TUNNEL + TICK);
    const endAt = 2 * LATENCY + (TOTAL * 1_000) / RATE + TUNNEL;
    expect(clock.now()).to.be.within(endAt, endAt + 6 * TICK);
  });
});
