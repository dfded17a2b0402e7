import type {Clock} from '../seams/clock.js';

/** How long the others have when one has answered, in milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * What the workers of an origin answer that have an engine. Those of other
 * scripts never do, and are not told apart from one that starts: when one has
 * answered, the others are not waited for much longer.
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
  const late = Promise.race(noted).then(() =>
    clock.sleepUntil(clock.now() + PATIENCE_MS, gathered.signal),
  );
  try {
    await Promise.race([all, late]);
    return answers;
  } finally {
    gathered.abort();
    // Nobody waits for those any more.
    for (const each of [all, late]) each.catch(() => {});
  }
}
