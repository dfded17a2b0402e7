/**
 * A reporter for Node's test runner that leaves the numbers of a run as JSON,
 * for `npm test` to add up. Suites and files are no tests of their own. Plain
 * JavaScript, because Node loads reporters before it can load TypeScript.
 *
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 */
export default async function* countNodeTests(events) {
  const totals = {passed: 0, failed: 0, skipped: 0};
  for await (const {type, data} of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (data.details.type === 'suite') continue;
    if (data.skip !== undefined) totals.skipped += 1;
    else if (type === 'test:pass') totals.passed += 1;
    else totals.failed += 1;
  }
  yield JSON.stringify(totals);
}
