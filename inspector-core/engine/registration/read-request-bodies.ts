// https://wicg.github.io/background-fetch/#dom-backgroundfetchmanager-fetch
import {readChunks} from '../driver/read-chunks.js';
import {
  classifyStorageError,
  type FetchStorage,
} from '../storage/fetch-storage.js';
import {makeQuotaExceededError} from './errors.js';

type BodyStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/** Of bodies, where they are stored: one row each. */
const PART_SIZE = 256 * 1024;

class StorageError extends Error {}

/**
 * Reads the bodies of a new fetch's requests into storage, in parallel.
 *
 * @returns their lengths; undefined where there is no body
 */
export async function readRequestBodies(
  storage: FetchStorage,
  key: number,
  bodies: readonly (BodyStream | undefined)[],
): Promise<readonly (number | undefined)[]> {
  // "For each requestInfo … in parallel: read all bytes from the body."
  const failed = new AbortController();
  const results = await Promise.allSettled(
    bodies.map(async (body, record) => {
      if (body === undefined) return undefined;
      try {
        return await readBody(storage, key, record, body, failed.signal);
      } catch (error) {
        // "If any fails, then … the other streams that are readable are
        // errored with an AbortError." They are cancelled, which says to their
        // sources what an error would not.
        failed.abort(new DOMException('Another body failed.', 'AbortError'));
        throw error;
      }
    }),
  );
  const failure = results.find(({status}) => status === 'rejected');
  if (failure?.status === 'rejected') throw explain(failure.reason, results);
  return results.map((result) =>
    result.status === 'fulfilled' ? result.value : undefined,
  );
}

async function readBody(
  storage: FetchStorage,
  key: number,
  record: number,
  body: BodyStream,
  signal: AbortSignal,
): Promise<number> {
  let length = 0;
  const cancellable = body.pipeThrough(new TransformStream(), {signal});
  await readChunks(cancellable, PART_SIZE, async (bytes) => {
    const from = length;
    length += bytes.length;
    try {
      await storage.appendToBody(key, record, from, bytes.slice());
    } catch (error) {
      throw new StorageError('', {cause: error});
    }
  });
  return length;
}

/** What `fetch()` rejects with. */
function explain(
  reason: unknown,
  results: readonly PromiseSettledResult<unknown>[],
): Error {
  // Which failed first does not matter, but what caused the others does.
  const causes = results
    .filter((result) => result.status === 'rejected')
    .map((result): unknown => result.reason);
  const isFull = causes.some(
    (cause) =>
      cause instanceof StorageError &&
      classifyStorageError(cause.cause) === 'quota',
  );
  // "If this fails due to exceeding a quota limit, reject promise with a
  // QuotaExceededError. If reading fails, reject promise with a TypeError."
  return isFull
    ? makeQuotaExceededError('Quota exceeded.')
    : new TypeError('A request’s body could not be read.', {cause: reason});
}
