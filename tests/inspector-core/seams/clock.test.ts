import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../inspector-core/seams/manual-clock.js';
import {createSystemClock} from '../../../inspector-core/seams/system-clock.js';

describe('ManualClock', () => {
  it('wakes sleepers in the order of their times, each at its own', async () => {
    const clock = createManualClock({start: 100});
    const woken: (readonly [string, number])[] = [];
    const sleep = async (name: string, at: number): Promise<void> => {
      await clock.sleepUntil(at);
      woken.push([name, clock.now()]);
    };
    void sleep('late', 130);
    void sleep('early', 110);
    void sleep('early too', 110);
    expect(clock.due).to.deep.equal([110, 110, 130]);
    await clock.advance(29);
    expect(woken).to.deep.equal([
      ['early', 110],
      ['early too', 110],
    ]);
    expect(clock.now()).to.equal(129);
    await clock.advance(1);
    expect(woken.at(-1)).to.deep.equal(['late', 130]);
    expect(clock.due).to.deep.equal([]);
  });

  it('wakes those who sleep again while it advances', async () => {
    const clock = createManualClock();
    const beats: number[] = [];
    const beat = async (): Promise<void> => {
      while (clock.now() < 50) {
        await clock.sleepUntil(clock.now() + 10);
        beats.push(clock.now());
      }
    };
    void beat();
    await clock.advance(50);
    expect(beats).to.deep.equal([10, 20, 30, 40, 50]);
  });

  it('resolves at once for a time that is past', async () => {
    const clock = createManualClock({start: 5});
    await clock.sleepUntil(5);
    expect(clock.due).to.deep.equal([]);
  });
});

for (const [name, create] of [
  ['ManualClock', createManualClock],
  ['SystemClock', createSystemClock],
] as const) {
  describe(`${name} with a signal`, () => {
    it('rejects with its reason, before and while asleep', async () => {
      const clock = create();
      const reason = new Error('enough');
      const rejections: unknown[] = [];
      const note = (error: unknown): void => {
        rejections.push(error);
      };
      const far = clock.now() + 1e9;
      await clock.sleepUntil(far, AbortSignal.abort(reason)).catch(note);
      const stop = new AbortController();
      const asleep = clock.sleepUntil(far, stop.signal);
      stop.abort(reason);
      await asleep.catch(note);
      expect(rejections).to.deep.equal([reason, reason]);
      if ('due' in clock) expect(clock.due).to.deep.equal([]);
    });
  });
}

describe('SystemClock', () => {
  it('does not wake before its time', async () => {
    const clock = createSystemClock();
    const due = clock.now() + 15;
    await clock.sleepUntil(due);
    expect(clock.now()).to.be.at.least(due);
  });
});
