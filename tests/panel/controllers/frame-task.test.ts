import {assert} from '@esm-bundle/chai';
import {createFrameTask} from '../../../panel/controllers/frame-task.js';

/** Asks for work, until it has been done so many times; when it was. */
const timesOf = (count: number, rest?: number): Promise<readonly number[]> =>
  new Promise((resolve) => {
    const times: number[] = [];
    const task = createFrameTask(() => {
      times.push(performance.now());
      if (times.length === count) resolve(times);
      else task.schedule();
    }, rest);
    task.schedule();
    task.schedule();
  });

describe('a frame task', () => {
  it('rests between two times, and not before the first', async () => {
    const start = performance.now();
    const [first = 0, second = 0, third = 0] = await timesOf(3, 300);
    assert.isBelow(first - start, 300);
    assert.isAtLeast(second - first, 299);
    assert.isAtLeast(third - second, 299);
  });

  it('is done once, however often it is asked for', async () => {
    let runs = 0;
    const task = createFrameTask(() => {
      runs += 1;
    });
    for (let asked = 0; asked < 100; asked += 1) task.schedule();
    await timesOf(3);
    assert.equal(runs, 1);
  });

  it('is not done once it was cancelled, resting or not', async () => {
    let runs = 0;
    const task = createFrameTask(() => {
      runs += 1;
    }, 10);
    task.schedule();
    task.cancel();
    await timesOf(3);
    assert.equal(runs, 0);
    task.schedule();
    await timesOf(3);
    assert.equal(runs, 1);
    task.schedule();
    task.cancel();
    await timesOf(3, 10);
    assert.equal(runs, 1);
  });
});
