import assert from 'node:assert/strict';
import {test} from 'node:test';
import {judge, judgeRun, type Result} from '../../../scripts/test/results.js';
import {runFailedAgain} from '../../../scripts/test/run-again.js';
import type {StepOutcome} from '../../../scripts/test/step.js';
import {summarize} from '../../../scripts/test/summarize.js';

const good = (file: string): Result => ({
  file,
  passed: 2,
  skipped: 0,
  failures: [],
});

const bad = (file: string): Result => ({
  file,
  passed: 1,
  skipped: 1,
  failures: [{test: 'a test', message: 'the reason\nin two lines'}],
});

/** A step that went so at first, and whose files go so when they are run again. */
function ran(
  first: readonly Result[],
  second: readonly Result[] = [],
): {readonly outcome: StepOutcome; readonly asked: string[]} {
  const asked: string[] = [];
  const step = {
    name: 'the step',
    run: (files: readonly string[] = []) => {
      asked.push(...files);
      return Promise.resolve(
        second.filter(({file = ''}) => files.includes(file)),
      );
    },
  };
  return {outcome: {step, results: first, seconds: 3}, asked};
}

test('counts what passes at the second run, and names it', async () => {
  const {outcome, asked} = ran(
    [good('a.test.ts'), bad('b.test.ts')],
    [good('b.test.ts')],
  );
  const {lines, hasFailed} = summarize(await runFailedAgain([outcome]));
  assert.deepEqual(asked, ['b.test.ts']);
  assert.deepEqual(lines, [
    'b.test.ts passed only at the second run: a test\n  the reason\n  in two lines',
    'the step: 4 passed, 0 failed, in 3 s',
    '4 passed, 0 failed',
  ]);
  assert.equal(hasFailed, false);
});

test('names what fails twice', async () => {
  const {outcome} = ran(
    [good('a.test.ts'), bad('b.test.ts')],
    [bad('b.test.ts')],
  );
  const {lines, hasFailed} = summarize(await runFailedAgain([outcome]));
  assert.deepEqual(lines, [
    'b.test.ts failed: a test\n  the reason\n  in two lines',
    'the step: 3 passed, 1 failed, 1 skipped, in 3 s',
    '3 passed, 1 failed',
  ]);
  assert.equal(hasFailed, true);
});

test('runs nothing again when more than three files failed', async () => {
  const files = ['a', 'b', 'c', 'd'].map((name) => `${name}.test.ts`);
  const first = ran(files.slice(0, 2).map(bad), files.map(good));
  const second = ran(files.slice(2).map(bad), files.map(good));
  const outcomes = await runFailedAgain([first.outcome, second.outcome]);
  assert.deepEqual([...first.asked, ...second.asked], []);
  assert.equal(summarize(outcomes).hasFailed, true);
});

test('does not run a check again', async () => {
  const {outcome, asked} = ran([judge('types', false)]);
  const {lines} = summarize(await runFailedAgain([outcome]));
  assert.deepEqual(asked, []);
  assert.match(lines[0] ?? '', /^the step failed: types/);
});

test('a run that is gone without a word has failed', () => {
  const [nothing] = judgeRun([], 0);
  assert.equal(nothing?.failures.length, 1);
  const unexplained = judgeRun([good('a.test.ts')], 1);
  assert.equal(unexplained[1]?.failures.length, 1);
  assert.deepEqual(judgeRun([good('a.test.ts')], 0), [good('a.test.ts')]);
  assert.deepEqual(judgeRun([bad('a.test.ts')], 1), [bad('a.test.ts')]);
});
