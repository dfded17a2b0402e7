// https://wicg.github.io/background-fetch/#dom-backgroundfetchmanager-fetch
import type {
  FetchStorage,
  NewFetch,
  StoredFetch,
  StoredRequest,
} from '../storage/fetch-storage.js';
import {makeIoError, makeQuotaExceededError} from './errors.js';
import {readRequestBodies} from './read-request-bodies.js';

/** A request of a new fetch, and its body. */
export interface FetchInput {
  readonly request: Omit<StoredRequest, 'bodyLength'>;
  readonly body: ReadableStream<Uint8Array<ArrayBuffer>> | undefined;
}

/** Stores a new fetch with its requests' bodies, wholly or not at all. */
export async function storeAFetch(
  storage: FetchStorage,
  fetch: NewFetch,
  inputs: readonly FetchInput[],
): Promise<StoredFetch> {
  let key: number | undefined;
  try {
    const requests = inputs.map(({request}) => ({
      ...request,
      bodyLength: undefined,
    }));
    key = await storage.begin(fetch, requests);
    const lengths = await readRequestBodies(
      storage,
      key,
      inputs.map(({body}) => body),
    );
    return await storage.finish(key, lengths);
  } catch (error) {
    // If this fails, too, the next worker frees what is not finished.
    if (key !== undefined) await storage.delete(key).catch(() => {});
    throw rejectionFor(error);
  }
}

function rejectionFor(error: unknown): Error {
  if (error instanceof TypeError) return error;
  if (error instanceof Error && error.name === 'QuotaExceededError') {
    return makeQuotaExceededError();
  }
  return makeIoError(error);
}
