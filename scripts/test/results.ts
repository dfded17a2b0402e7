/** A test that failed, or whatever else did. */
export interface Failure {
  readonly test: string;
  readonly message: string;
}

/** How a test file went, or a check, or a run of which there is no more to say. */
export interface Result {
  /** Of a test file, below the project's folder. */
  readonly file?: string;
  readonly passed: number;
  readonly skipped: number;
  readonly failures: readonly Failure[];
  /** Why it was run again, if only the second run passed. */
  readonly firstFailures?: readonly Failure[];
}

/** Of a file in which no test has been. */
export function noTests(file: string): Result {
  return {file, passed: 0, skipped: 0, failures: []};
}

/** The result of what passes or fails as one. */
export function judge(test: string, isGood: boolean): Result {
  return isGood
    ? {passed: 1, skipped: 0, failures: []}
    : {
        passed: 0,
        skipped: 0,
        failures: [{test, message: 'What it printed above says why.'}],
      };
}

/** The results of a reporter, and of a run that ended as no failed test explains. */
export function judgeRun(
  results: readonly Result[],
  code: number,
): readonly Result[] {
  const isExplained =
    code === 0
      ? results.length > 0
      : results.some(({failures}) => failures.length > 0);
  if (isExplained) return results;
  const message = `It ended with ${code}, and told of ${results.length} files without a failure.`;
  const broken = {
    passed: 0,
    skipped: 0,
    failures: [{test: 'the run', message}],
  };
  return [...results, broken];
}
