import {setTimeout as pause} from 'node:timers/promises';

export interface EventuallyOptions {
  /** Milliseconds after which it will not come any more. */
  readonly within?: number;
  /** What is waited for, for the error. */
  readonly what?: string;
}

/** Reads until what was read is as wanted; the last reading is in the error. */
export async function eventually<T>(
  read: () => Promise<T>,
  isThere: (value: T) => boolean,
  {within = 20_000, what = 'the expected state'}: EventuallyOptions = {},
): Promise<T> {
  const until = performance.now() + within;
  for (;;) {
    const value = await read();
    if (isThere(value)) return value;
    if (performance.now() > until) {
      const seen = JSON.stringify(value) ?? 'undefined';
      throw new Error(`Waited for ${what}; last seen: ${seen.slice(-4_000)}`);
    }
    await pause(50);
  }
}
