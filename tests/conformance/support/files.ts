/** Files of the scripted server, and what a test asks about promises. */
import {
  crossOrigin,
  scripted as serve,
} from '../../inspector-core/engine/support/scripted.js';

export {crossOrigin, serve};

export type ServedFile = ReturnType<typeof serve>;

/** Lets go on what a step `hold` or `holdHead` of a file holds. */
export async function release(file: ServedFile): Promise<void> {
  const key = new URL(file.url).searchParams.get('key') ?? '';
  // What is not yet held cannot be let go.
  await until(async () => (await file.log()).length > 0);
  await fetch(`/scripted-release?${new URLSearchParams({key})}`);
}

/** Resolves when `check` gives something; the test's time limit ends it. */
export async function until<T>(
  check: () => T | undefined | false | Promise<T | undefined | false>,
): Promise<T> {
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
  }
}

/** What a promise is rejected with; fails if it is not. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  const failure = await promise.then(
    () => undefined,
    (error: unknown) => ({error}),
  );
  if (failure === undefined) throw new Error('It was not rejected.');
  return failure.error as Error;
}

/** What is called must not throw: the promise that it gives rejects. */
export async function rejectionOf(call: () => unknown): Promise<Error> {
  let promise: unknown;
  try {
    promise = call();
  } catch (error) {
    throw new Error(`It threw ${String(error)}.`, {cause: error});
  }
  if (!(promise instanceof Promise)) throw new Error('It gave no promise.');
  return rejection(promise);
}

/** Cuts the connection that a step `drop` holds, once all bytes before this place have come. */
export async function cutAt(
  place: number,
  file: ServedFile,
  registration: {readonly downloaded: number},
): Promise<void> {
  await until(() => registration.downloaded === place);
  const before = (await file.log()).length;
  await until(async () => {
    await file.cut((held) => held === place);
    const log = await file.log();
    return log.length > before || log.at(-1)?.end !== 'open';
  });
}
