import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {Lane} from '../../../../inspector-core/conditions/link/lane.js';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import type {Clock} from '../../../../inspector-core/seams/clock.js';
import {send, variation} from '../support/streams.js';

const last = (times: readonly number[]): number => times.at(-1) ?? Number.NaN;

describe('Lane', () => {
  for (const rate of [50_000, 180_000, 1e6, 1e7, 1e8]) {
    for (const streams of [1, 4]) {
      it(`keeps ${rate} bytes/s exactly with ${streams} in parallel`, async () => {
        const clock = createManualClock({start: 1_000});
        const lane = new Lane(clock, rate);
        const seconds = rate > 1e7 ? 1 : 4;
        const total = (rate * seconds) / streams;
        const sent = Array.from({length: streams}, () =>
          send(clock, lane.join(), total),
        );
        const all = await clock.run(Promise.all(sent));
        const ends = all.map(({times}) => last(times) - 1_000);
        expect(Math.max(...ends)).to.be.closeTo(seconds * 1_000, 1e-6);
        // One piece each, in turn.
        expect(Math.min(...ends)).to.be.above(seconds * 1_000 - streams * 5);
        for (const one of all) {
          expect((one.times[0] ?? 0) - 1_000).to.be.at.most(1.000_001);
        }
        // What all of them brought, in one line.
        const merged = all
          .flatMap(({times, bytes}) =>
            times.map((at, index) => [at, bytes[index] ?? 0] as const),
          )
          .toSorted(([a], [b]) => a - b);
        const arrivals = {
          times: merged.map(([at]) => at),
          bytes: merged.map(([, count]) => count),
        };
        expect(variation(arrivals)).to.be.below(0.15);
      });
    }
  }

  it('is exact with the numbers of a real clock, and one that wakes late', async () => {
    const random = createDice(5).stream('lane');
    const manual = createManualClock({start: 1.79e12});
    // Whole milliseconds, and up to 16 of them too late.
    const late: Clock = {
      now: () => Math.floor(manual.now()),
      sleepUntil: (at, signal) =>
        manual.sleepUntil(Math.ceil(at) + Math.floor(random() * 16), signal),
    };
    const lane = new Lane(late, 1e6);
    const sent = Promise.all([1, 2, 3].map(() => send(late, lane.join(), 1e6)));
    const all = await manual.run(sent);
    for (const {times} of all) {
      expect(last(times) - 1.79e12).to.be.within(3_000 - 30, 3_000 + 30);
    }
  });

  it('gives the share of a stream that ends to the others', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 1_000);
    const short = send(clock, lane.join(), 500);
    const long = send(clock, lane.join(), 1_500);
    const [first, second] = await clock.run(Promise.all([short, long]));
    // 500 bytes each in the first second, and then 1,000 alone.
    expect(last(first.times)).to.be.closeTo(1_000, 10);
    expect(last(second.times)).to.be.closeTo(2_000, 1e-6);
  });

  it('gives the share of a stream that has nothing to send to the others', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 1_000);
    const silent = lane.join();
    const {times} = await clock.run(send(clock, lane.join(), 1_000));
    expect(last(times)).to.be.closeTo(1_000, 1e-6);
    await clock.advance(5_000);
    // What it did not use is gone.
    await clock.run(silent.take(100));
    expect(clock.now()).to.be.closeTo(6_100, 1e-6);
  });

  it('lets the first bytes of a stream pass those of the others', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 50_000);
    for (let index = 0; index < 10; index += 1) {
      void send(clock, lane.join(), 1e6);
    }
    await clock.advance(1_000);
    const {times} = await clock.run(send(clock, lane.join(), 20));
    // Behind the one that is just being sent.
    expect((times[0] ?? 0) - 1_000).to.be.at.most(5.25);
  });

  it('lets the first bytes of a stream go at once, and the rest be later', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 100_000);
    const old = send(clock, lane.join(), 50_000);
    await clock.advance(12);
    const young = send(clock, lane.join(), 50_000);
    const all = await clock.run(Promise.all([old, young]));
    expect(all[1].times[0]).to.equal(12);
    const ends = all.map(({times}) => last(times));
    expect(Math.max(...ends)).to.be.closeTo(1_000, 1e-6);
  });

  it('holds the rate, too, where there are nothing but first bytes', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 100_000);
    const streams = Array.from({length: 100}, () =>
      send(clock, lane.join(), 25),
    );
    const all = await clock.run(Promise.all(streams));
    const ends = all.map(({times}) => last(times));
    // 25 ms of them, of which the last goes ahead of its time.
    expect(Math.max(...ends)).to.be.within(24, 25);
  });

  it('catches up on a short silence of the source', async () => {
    const clock = createManualClock();
    const seat = new Lane(clock, 1_000).join();
    await clock.run(seat.take(100));
    await clock.advance(40);
    await clock.run(seat.take(100));
    expect(clock.now()).to.be.closeTo(200, 1e-6);
  });

  it('goes on at another rate in mid-flight', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 1_000);
    const sent = send(clock, lane.join(), 4_000);
    await clock.advance(1_000);
    lane.setRate(2_000);
    await clock.advance(500);
    lane.setRate(500);
    const {times} = await clock.run(sent);
    // 1,000 and 1,000 bytes; the rest at 500 a second, but for one piece.
    expect(last(times)).to.be.within(5_490, 5_500);
  });

  it('does not hold a slow lane up with a piece cut for a fast one', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 1e8);
    const sent = send(clock, lane.join(), 1e8);
    await clock.advance(100.5);
    lane.setRate(1_000);
    await clock.advance(10);
    lane.setRate(undefined);
    const {times} = await clock.run(sent);
    expect(last(times)).to.be.closeTo(110.5, 1e-6);
  });

  it('wakes for another rate, however long it would have slept', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 1);
    const taken = lane
      .join()
      .take(1_000_000)
      .then(() => clock.now());
    await clock.advance(10);
    lane.setRate(1e9);
    expect(await clock.run(taken)).to.be.closeTo(11, 0.01);
  });

  it('has no limit without a rate', async () => {
    const clock = createManualClock();
    const {times} = await send(clock, new Lane(clock).join(), 1e9);
    expect(last(times)).to.equal(0);
  });

  it('lets whoever leaves go', async () => {
    const clock = createManualClock();
    const lane = new Lane(clock, 1);
    const seat = lane.join();
    const taken = seat.take(1_000);
    seat.leave();
    await taken;
    expect(clock.now()).to.equal(0);
  });

  it('sends 10 GB of 3G in few pieces, if the clock is coarse', async () => {
    const clock = createManualClock({tick: 10_000});
    const seat = new Lane(clock, 50_000).join();
    let pieces = 0;
    const sending = (async () => {
      for (let left = 10e9; left > 0; pieces += 1) {
        const count = Math.min(left, seat.slice);
        await seat.take(count);
        left -= count;
      }
    })();
    await clock.run(sending);
    expect(clock.now()).to.be.within(200_000_000, 200_010_000);
    expect(pieces).to.be.below(21_000);
  });
});
