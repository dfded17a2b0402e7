import type {Result} from './results.js';
import type {StepOutcome} from './step.js';

/** More failed files than these are no accident of a browser. */
const RUN_AGAIN_AT_MOST = 3;

/**
 * Runs each test file that failed once more, alone: a browser that crashes now
 * and then takes the file that it is at with it. What fails twice has failed, and
 * what passes then is told apart.
 */
export async function runFailedAgain(
  outcomes: readonly StepOutcome[],
): Promise<readonly StepOutcome[]> {
  const failed = outcomes.flatMap(({results}) => results.filter(mayRunAgain));
  if (failed.length > RUN_AGAIN_AT_MOST) return outcomes;
  const again: StepOutcome[] = [];
  for (const outcome of outcomes) {
    const results: Result[] = [];
    for (const result of outcome.results) {
      results.push(
        ...(mayRunAgain(result) ? await runAgain(outcome, result) : [result]),
      );
    }
    again.push({...outcome, results});
  }
  return again;
}

type FailedFile = Result & {readonly file: string};

function mayRunAgain(result: Result): result is FailedFile {
  return result.file !== undefined && result.failures.length > 0;
}

async function runAgain(
  {step}: StepOutcome,
  {file, failures}: FailedFile,
): Promise<readonly Result[]> {
  console.log(`\n── ${file} failed, and is run again`);
  const results = await step.run([file]);
  return results.map((result) =>
    result.failures.length > 0 ? result : {...result, firstFailures: failures},
  );
}
