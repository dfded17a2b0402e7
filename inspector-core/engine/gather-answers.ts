import type {Clock} from '../seams/clock.js';

/** How long the others have when one has answered, in milliseconds. */
const PATIENCE_MS = 2_000;
/** How long any of them has. None takes so long to start. */
const LONGEST_MS = 20_000;

/**
 * What the workers of an origin answer that have an engine. Those of other
 * scripts never do, and are not told apart from one that starts: when one has
 * answered, the others are not waited for much longer; when none has for long,
 * there is none to wait for.
 *
 * @throws what the first one rejects with
 */
export async function gatherAnswers<T>(
  asked: readonly Promise<T>[],
  clock: Clock,
): Promise<readonly T[]> {
  const answers: T[] = [];
  if (asked.length === 0) return answers;
  const noted = asked.map(async (each) => {
    answers.push(await each);
  });
  const all = Promise.all(noted);
  const gathered = new AbortController();
  const sleep = (ms: number): Promise<void> =>
    clock.sleepUntil(clock.now() + ms, gathered.signal);
  const late = Promise.race(noted).then(() => sleep(PATIENCE_MS));
  const longest = sleep(LONGEST_MS);
  try {
    await Promise.race([all, late, longest]);
    return answers;
  } finally {
    gathered.abort();
    // Nobody waits for those any more.
    for (const each of [all, late, longest]) each.catch(() => {});
  }
}
