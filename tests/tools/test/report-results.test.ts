import assert from 'node:assert/strict';
import {test} from 'node:test';
import {
  collectResults,
  type SessionOutcome,
} from '../../../scripts/wtr/report-results.js';

const PASSED = {passed: true, skipped: false};

function session(parts: Partial<SessionOutcome>): SessionOutcome {
  return {
    testFile: '/root/tests/a.test.ts',
    browser: {name: 'Chromium'},
    passed: true,
    errors: [],
    testResults: {name: '', suites: [], tests: [{name: 'one', ...PASSED}]},
    ...parts,
  };
}

test('adds up what each browser says of a file', () => {
  const failed = session({
    browser: {name: 'Firefox'},
    passed: false,
    testResults: {
      name: '',
      tests: [{name: 'one', passed: false, skipped: true}],
      suites: [
        {
          name: 'a suite',
          suites: [],
          tests: [
            {name: 'two', ...PASSED},
            {
              name: 'three',
              passed: false,
              skipped: false,
              error: {name: 'TypeError', message: 'the reason'},
            },
          ],
        },
      ],
    },
  });
  assert.deepEqual(collectResults([session({}), failed], '/root'), [
    {
      file: 'tests/a.test.ts',
      passed: 2,
      skipped: 1,
      failures: [
        {
          test: 'Firefox: a suite > three',
          message: 'TypeError: the reason',
        },
      ],
    },
  ]);
});

test('takes a file whose browser went away for failed', () => {
  const gone = session({
    passed: false,
    errors: [{message: 'the browser disconnected'}],
  });
  const [result] = collectResults([gone], '/root');
  assert.deepEqual(result?.failures, [
    {test: 'Chromium: the file', message: 'the browser disconnected'},
  ]);
});

test('takes a file that never ended for failed', () => {
  const {testResults: _, ...unended} = session({passed: false});
  const [result] = collectResults([unended], '/root');
  assert.deepEqual(result?.failures, [
    {test: 'Chromium: the file', message: 'It did not end.'},
  ]);
});
