import type {Failure, Result} from './results.js';
import type {StepOutcome} from './step.js';

/** What is said at the end; `npm test`'s last line is the last of `lines`. */
export interface Summary {
  readonly lines: readonly string[];
  readonly hasFailed: boolean;
}

/** Names what failed, and what passed only at the second run, and counts all. */
export function summarize(outcomes: readonly StepOutcome[]): Summary {
  const failed = outcomes.flatMap((outcome) =>
    outcome.results.flatMap(({file, failures}) =>
      describe('failed', file ?? outcome.step.name, failures),
    ),
  );
  const late = outcomes.flatMap(({step, results}) =>
    results.flatMap(({file, firstFailures = []}) =>
      describe(
        'passed only at the second run',
        file ?? step.name,
        firstFailures,
      ),
    ),
  );
  const counts = outcomes.map(({step, results, seconds}) => {
    const skipped = count(results, (result) => result.skipped);
    const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
    return `${step.name}: ${countTests(results)}${rest}, in ${seconds} s`;
  });
  const all = outcomes.flatMap(({results}) => results);
  return {
    lines: [...failed, ...late, ...counts, countTests(all)],
    hasFailed: countFailed(all) > 0,
  };
}

function describe(
  what: string,
  where: string,
  failures: readonly Failure[],
): readonly string[] {
  return failures.map(
    ({test, message}) =>
      `${where} ${what}: ${test}\n  ${message.trim().replaceAll('\n', '\n  ')}`,
  );
}

function countTests(results: readonly Result[]): string {
  const passed = count(results, (result) => result.passed);
  return `${passed} passed, ${countFailed(results)} failed`;
}

const countFailed = (results: readonly Result[]): number =>
  count(results, ({failures}) => failures.length);

function count(
  results: readonly Result[],
  of: (result: Result) => number,
): number {
  return results.reduce((sum, result) => sum + of(result), 0);
}
