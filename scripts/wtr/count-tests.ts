import {writeFileSync} from 'node:fs';
import type {Reporter, TestSuiteResult} from '@web/test-runner';

interface Totals {
  passed: number;
  failed: number;
  skipped: number;
}

function count(suite: TestSuiteResult, totals: Totals): void {
  for (const test of suite.tests) {
    if (test.skipped) totals.skipped += 1;
    else if (test.passed) totals.passed += 1;
    else totals.failed += 1;
  }
  for (const inner of suite.suites) count(inner, totals);
}

/**
 * A reporter that leaves the numbers of a run in a file, for `npm test` to add
 * up. A file that failed to load counts as one failed test.
 */
export function countTests(path: string): Reporter {
  return {
    stop({sessions}) {
      const totals: Totals = {passed: 0, failed: 0, skipped: 0};
      for (const session of sessions) {
        const {failed} = totals;
        if (session.testResults) count(session.testResults, totals);
        if (!session.passed && totals.failed === failed) totals.failed += 1;
      }
      writeFileSync(path, JSON.stringify(totals));
    },
  };
}
