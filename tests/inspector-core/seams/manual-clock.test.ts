import {expect} from '@esm-bundle/chai';
import {createFasterClock} from '../../../inspector-core/seams/faster-clock.js';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';

describe('ManualClock of conditions', () => {
  it('lets all that comes of one sleeper happen before the next wakes', async () => {
    const clock = createManualClock();
    const log: string[] = [];
    const note = async (at: number): Promise<void> => {
      await clock.sleepUntil(at);
      // More microtasks than any count of turns would allow for.
      for (let turn = 0; turn < 1_000; turn += 1) await Promise.resolve();
      log.push(`${at} at ${clock.now()}`);
    };
    void note(20);
    void note(10);
    await clock.advance(15);
    expect(log).to.deep.equal(['10 at 10']);
    expect(clock.now()).to.equal(15);
    await clock.advance(5);
    expect(log).to.deep.equal(['10 at 10', '20 at 20']);
  });

  it('runs until a promise has settled, and no further', async () => {
    const clock = createManualClock();
    void clock.sleepUntil(5_000);
    const sleep = clock.sleepUntil(1_000).then(() => 'awake');
    expect(await clock.run(sleep)).to.equal('awake');
    expect(clock.now()).to.equal(1_000);
  });

  it('gives the rejection of what it runs', async () => {
    const clock = createManualClock();
    const failing = clock.sleepUntil(7).then(() => {
      throw new Error('broken');
    });
    const outcome = await clock.run(failing).catch(String);
    expect(outcome).to.equal('Error: broken');
  });

  it('wakes at multiples of its tick', async () => {
    const clock = createManualClock({tick: 1_000});
    const times: number[] = [];
    for (const at of [1, 999, 1_000, 1_001]) {
      void clock.sleepUntil(at).then(() => times.push(clock.now()));
    }
    await clock.advance(3_000);
    expect(times).to.deep.equal([1_000, 1_000, 1_000, 2_000]);
  });

  it('forgets who aborts his sleep', async () => {
    const clock = createManualClock();
    const stop = new AbortController();
    const sleep = clock.sleepUntil(5, stop.signal).catch((error) => error);
    const reason = new Error('enough');
    stop.abort(reason);
    expect(await sleep).to.equal(reason);
  });
});

describe('FasterClock', () => {
  it('goes so many times as fast as the clock behind it', async () => {
    const real = createManualClock({start: 1_000});
    const clock = createFasterClock(real, 100);
    const sleep = clock.sleepUntil(1_000 + 60_000).then(() => real.now());
    expect(await real.run(sleep)).to.equal(1_000 + 600);
    expect(clock.now()).to.equal(1_000 + 60_000);
    expect(clock.tick).to.equal(400);
  });

  it('wakes nobody too early, whatever is rounded off', async () => {
    for (let index = 1; index <= 100; index += 1) {
      const real = createManualClock({start: 1.79e12 + index / 7});
      const clock = createFasterClock(real, 1 + index / 3);
      const at = clock.now() + index * 111.1;
      await real.run(clock.sleepUntil(at));
      expect(clock.now()).to.be.within(at, at + 1);
    }
  });
});
