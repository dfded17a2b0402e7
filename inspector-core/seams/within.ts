import type {Clock} from './clock.js';

/**
 * What is asked for; or, where it has not come after so many milliseconds, what
 * `onLate` has in place of it.
 */
export async function within<T, L>(
  clock: Clock,
  patience: number,
  asked: Promise<T>,
  onLate: () => L,
): Promise<T | L> {
  const answered = new AbortController();
  const late = clock
    .sleepUntil(clock.now() + patience, answered.signal)
    .then(onLate);
  try {
    return await Promise.race([asked, late]);
  } finally {
    answered.abort();
  }
}
