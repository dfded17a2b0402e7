import {writeFileSync} from 'node:fs';
import {relative} from 'node:path';
import type {
  Reporter,
  TestResultError,
  TestSession,
  TestSuiteResult,
} from '@web/test-runner';
import {noTests, type Failure, type Result} from '../test/results.js';

/**
 * A reporter that leaves the results of a run in a file, for `npm test` to read.
 */
export function reportResults(path: string): Reporter {
  return {
    stop({sessions}) {
      const results = collectResults(sessions, process.cwd());
      writeFileSync(path, JSON.stringify(results));
    },
  };
}

/** What of a session the results are made of. */
export type SessionOutcome = Pick<
  TestSession,
  'testFile' | 'passed' | 'errors' | 'testResults'
> & {readonly browser: {readonly name: string}};

/** Results by file: of all browsers together, of which failures name theirs. */
export function collectResults(
  sessions: Iterable<SessionOutcome>,
  root: string,
): readonly Result[] {
  const results = new Map<string, Result>();
  for (const session of sessions) {
    const {testFile} = session;
    const before = results.get(testFile) ?? noTests(relative(root, testFile));
    results.set(testFile, addSession(before, session));
  }
  return [...results.values()];
}

function addSession(before: Result, session: SessionOutcome): Result {
  const tests = session.testResults ? listTests(session.testResults) : [];
  const ran = tests.filter(({skipped}) => !skipped);
  const failures = ran
    .filter(({passed}) => !passed)
    .map(({path, error}) => ({test: path.join(' > '), message: say(error)}));
  const [error] = session.errors;
  // It did not load, or its browser went away: which no test can tell.
  const isUnexplained = session.passed !== true && failures.length === 0;
  const all: readonly Failure[] =
    error !== undefined || isUnexplained
      ? [...failures, {test: 'the file', message: say(error)}]
      : failures;
  const {name} = session.browser;
  return {
    ...before,
    passed: before.passed + ran.length - failures.length,
    skipped: before.skipped + tests.length - ran.length,
    failures: [
      ...before.failures,
      ...all.map(({test, message}) => ({test: `${name}: ${test}`, message})),
    ],
  };
}

interface ListedTest {
  readonly path: readonly string[];
  readonly passed: boolean;
  readonly skipped: boolean;
  readonly error?: TestResultError;
}

function listTests(
  {tests, suites}: TestSuiteResult,
  path: readonly string[] = [],
): readonly ListedTest[] {
  return [
    ...tests.map((test) => ({...test, path: [...path, test.name]})),
    ...suites.flatMap((suite) => listTests(suite, [...path, suite.name])),
  ];
}

function say(error: TestResultError | undefined): string {
  if (error === undefined) return 'It did not end.';
  const {name, message} = error;
  return name === undefined ? message : `${name}: ${message}`;
}
