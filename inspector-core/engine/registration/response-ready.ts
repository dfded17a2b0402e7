// https://wicg.github.io/background-fetch/#create-record-objects
import {isExposed} from '../algorithms/record-result.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {Job, RecordView} from '../driver/job.js';
import type {RecordMatch} from './match-records.js';

/** Resolves with the headers of a record's response, once they are there. */
export async function whenHeadReady(
  job: Job,
  match: RecordMatch,
): Promise<ResponseHead> {
  // Deviation: "Wait for responseData's response to become not-null", which a
  // record that fails without a response never does; so for a result, too.
  for (;;) {
    const head = readData(job, match).response;
    if (head !== undefined) return head;
    await job.whenChanged();
  }
}

/**
 * The bytes of a record's response from a place on, once there are any; undefined
 * at the end. "… transmits the bytes that are stored, and those that come."
 */
export async function whenBytesReady(
  job: Job,
  match: RecordMatch,
  position: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const {record, generation} = match;
  for (;;) {
    const {phase, received} = readData(job, match);
    if (position < received) {
      const bytes = await job.readResponse(record, generation, position);
      if (bytes !== undefined) return bytes;
      // Replaced meanwhile; or the user has cleared what the site stored.
      readData(job, match);
      throw new TypeError('Bytes of the response are lost.');
    }
    // Not before all is stored: until then a success may fail yet.
    if (phase === 'settled') return undefined;
    await job.whenChanged();
  }
}

/** The data that was matched; throws what its readers are to be told. */
function readData(job: Job, {record, generation}: RecordMatch): RecordView {
  const data = job.records[record];
  // "… result is "redundant"": it was replaced.
  const isRedundant = data === undefined || data.generation !== generation;
  if (!isRedundant && isExposed(data.result)) return data;
  // "If responseData's result is "aborted", then reject with an AbortError;
  // otherwise with a TypeError."
  if (!isRedundant && data.result === 'aborted') {
    throw new DOMException('The background fetch was aborted.', 'AbortError');
  }
  throw new TypeError('The response is not available.');
}
