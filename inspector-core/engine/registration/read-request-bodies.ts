// https://wicg.github.io/background-fetch/#dom-backgroundfetchmanager-fetch
import {readChunks} from '../driver/read-chunks.js';
import {
  classifyStorageError,
  type FetchStorage,
} from '../storage/fetch-storage.js';
import {makeBodyError, makeQuotaExceededError} from './errors.js';
import {readTogether, type BodyStream} from './read-together.js';

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
  return readTogether(
    bodies,
    async (body, record) => {
      let length = 0;
      await readChunks(body, PART_SIZE, async (bytes) => {
        const from = length;
        length += bytes.length;
        try {
          await storage.appendToBody(key, record, from, bytes.slice());
        } catch (error) {
          throw new StorageError('', {cause: error});
        }
      });
      return length;
    },
    explain,
  );
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
  return isFull ? makeQuotaExceededError() : makeBodyError(reason);
}
