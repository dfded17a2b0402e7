import {expect} from '@esm-bundle/chai';
import type {Snapshot} from '../../../../inspector-core/engine/algorithms/update-an-instance.js';
import {CHROMIUM} from '../../../../inspector-core/engine/profile/chromium.js';
import type {FetchRules} from '../../../../inspector-core/engine/profile/fetch-rules.js';
import {
  createManualClock,
  type ManualClock,
} from '../../../../inspector-core/seams/manual-clock.js';
import {throttleProgress} from '../../../../inspector-core/engine/surface/throttle-progress.js';

const at = (downloaded: number, rest: Partial<Snapshot> = {}): Snapshot => ({
  downloaded,
  uploaded: 0,
  result: '',
  failureReason: '',
  recordsAvailable: true,
  ...rest,
});

/** All that is to be done in microtasks is. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

const pass = async (clock: ManualClock, ms: number): Promise<void> => {
  await turn();
  await clock.advance(ms);
  await turn();
};

const make = (signal?: AbortSignal, rules?: FetchRules) => {
  const clock = createManualClock({start: 1_000_000});
  const told: (readonly [ms: number, downloaded: number, result: string])[] =
    [];
  const tell = throttleProgress(
    clock,
    ({downloaded, result}) => {
      told.push([clock.now() - 1_000_000, downloaded, result]);
    },
    signal,
    rules,
  );
  return {clock, told, tell};
};

describe('throttleProgress', () => {
  it('tells the first at once, and not in the middle of what happens', async () => {
    const {clock, told, tell} = make();
    tell(at(1));
    tell(at(2));
    expect(told).to.deep.equal([]);
    await pass(clock, 0);
    expect(told).to.deep.equal([[0, 2, '']]);
    expect(clock.due).to.deep.equal([]);
  });

  it('tells twenty times a second, each time the latest', async () => {
    const {clock, told, tell} = make();
    for (let ms = 0; ms < 990; ms += 1) {
      tell(at(ms));
      await pass(clock, 1);
    }
    expect(told).to.have.length(20);
    expect(told.slice(0, 3)).to.deep.equal([
      [0, 0, ''],
      [50, 49, ''],
      [100, 99, ''],
    ]);
    // Nothing comes any more, and so the last one does.
    await pass(clock, 1_000);
    expect(told.at(-1)).to.deep.equal([1_000, 989, '']);
    expect(told).to.have.length(21);
    expect(clock.due).to.deep.equal([]);
  });

  it('tells a result at once, behind the progress that waits', async () => {
    const {clock, told, tell} = make();
    tell(at(1));
    await pass(clock, 10);
    tell(at(2));
    tell(at(3));
    tell(at(3, {result: 'success'}));
    await pass(clock, 0);
    expect(told).to.deep.equal([
      [0, 1, ''],
      [10, 3, ''],
      [10, 3, 'success'],
    ]);
    await pass(clock, 1_000);
    expect(told).to.have.length(3);
  });

  it('tells at once that records are not available any more', async () => {
    const {clock, told, tell} = make();
    tell(at(1));
    await pass(clock, 10);
    tell(at(1, {recordsAvailable: false}));
    await pass(clock, 0);
    expect(told.map(([ms]) => ms)).to.deep.equal([0, 10]);
  });

  it('tells nothing when it has ended', async () => {
    const ended = new AbortController();
    const {clock, told, tell} = make(ended.signal);
    tell(at(1));
    await pass(clock, 10);
    tell(at(2));
    expect(clock.due).to.deep.equal([1_000_050]);
    ended.abort();
    expect(clock.due).to.deep.equal([]);
    tell(at(3, {result: 'success'}));
    await pass(clock, 1_000);
    expect(told).to.deep.equal([[0, 1, '']]);
  });

  it('tells each half second, after the first, in the profile chromium', async () => {
    const {clock, told, tell} = make(undefined, CHROMIUM.fetches);
    for (let ms = 0; ms < 1_450; ms += 50) {
      tell(at(ms));
      await pass(clock, 50);
    }
    expect(told).to.deep.equal([
      [500, 450, ''],
      [1_000, 950, ''],
    ]);
    // What waits is not told before a result.
    tell(at(1_450, {result: 'success'}));
    await pass(clock, 1_000);
    expect(told.slice(2)).to.deep.equal([[1_450, 1_450, 'success']]);
  });
});
