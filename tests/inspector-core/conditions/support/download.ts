import type {
  AttemptContext,
  Network,
} from '../../../../inspector-core/seams/network.js';
import type {Clock} from '../../../../inspector-core/seams/clock.js';
import {readChunks} from '../../../../inspector-core/engine/driver/read-chunks.js';

export const contextOf = (
  parts: Partial<AttemptContext> = {},
): AttemptContext => ({
  key: 1,
  fetchId: 'movie',
  record: 0,
  records: 1,
  attempt: 1,
  received: 0,
  uploadLength: 0,
  downloadTotal: 0,
  ...parts,
});

const origin = 'https://made.up';

export const requestOf = (init: RequestInit = {}, path = '/file'): Request =>
  new Request(`${origin}${path}`, init);

/** What an attempt brought, as a test compares it. */
export interface Outcome {
  /** The response's status, or what `fetch()` rejected with. */
  readonly head: number | string;
  readonly headers: Headers;
  readonly bytes: readonly number[];
  /** `end`, or what the body broke off with. */
  readonly end: string;
  /** When the head came, and the end. */
  readonly headAt: number;
  readonly endAt: number;
  readonly error: unknown;
}

/** One attempt, read as the engine reads it. Never rejects. */
export async function attempt(
  clock: Clock,
  network: Network,
  context = contextOf(),
  init: RequestInit = {},
  path = '/file',
): Promise<Outcome> {
  const bytes: number[] = [];
  const outcome = {head: 0, headers: new Headers(), end: 'end', headAt: 0};
  let response: Response;
  try {
    response = await network.fetch(requestOf(init, path), context);
  } catch (error) {
    const at = clock.now();
    const times = {headAt: at, endAt: at, end: 'none'};
    return {...outcome, ...times, head: String(error), bytes, error};
  }
  const head = response.status;
  const {headers} = response;
  const headAt = clock.now();
  try {
    if (response.body !== null) {
      await readChunks(response.body, 4_096, async (chunk) => {
        bytes.push(...chunk);
      });
    }
  } catch (error) {
    const end = String(error);
    const endAt = clock.now();
    return {head, headers, bytes, end, headAt, endAt, error};
  }
  const endAt = clock.now();
  const error = undefined;
  return {head, headers, bytes, end: 'end', headAt, endAt, error};
}

export interface Download {
  readonly bytes: readonly number[];
  readonly attempts: number;
}

/** A tiny engine: asks for the rest until all is here. */
export async function download(
  clock: Clock,
  network: Network,
  total: number,
  parts: Partial<AttemptContext> = {},
): Promise<Download> {
  let bytes: readonly number[] = [];
  for (let number = 1; number < 10_000; number += 1) {
    await network.whenOnline(new AbortController().signal);
    const received = bytes.length;
    const {head, bytes: more} = await attempt(
      clock,
      network,
      contextOf({...parts, attempt: number, received}),
      received === 0 ? {} : {headers: {Range: `bytes=${received}-`}},
    );
    bytes = head === 206 ? [...bytes, ...more] : head === 200 ? more : bytes;
    if (bytes.length === total) return {bytes, attempts: number};
    await clock.sleepUntil(clock.now() + 1);
  }
  throw new Error('It never came to an end.');
}
