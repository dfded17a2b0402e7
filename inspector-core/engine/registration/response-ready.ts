// https://wicg.github.io/background-fetch/#create-record-objects
import {isExposed} from '../algorithms/record-result.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {Job} from '../driver/job.js';
import type {RecordMatch} from './match-records.js';

const NULL_BODY_STATUSES = [101, 103, 204, 205, 304];
/** "… with `Content-Range` and `Content-Length` removed." */
const REMOVED_HEADERS = ['content-range', 'content-length'];

/**
 * The response of a record as soon as its headers are there. Its body is what is
 * stored, and then what comes.
 */
export async function whenResponseReady(
  job: Job,
  match: RecordMatch,
): Promise<Response> {
  const release = job.use();
  try {
    // Deviation: "Wait for responseData's response to become not-null", which a
    // record that fails without a response never does; so for a result, too.
    for (;;) {
      const head = readData(job, match)?.response;
      if (head !== undefined) return makeResponse(job, match, head);
      await job.whenChanged(new AbortController().signal);
    }
  } finally {
    release();
  }
}

/** The data that was matched; throws what its readers are to be told. */
function readData(job: Job, {record, generation}: RecordMatch) {
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

function makeResponse(
  job: Job,
  match: RecordMatch,
  head: ResponseHead,
): Response {
  if (head.status < 200 || head.status > 599) {
    // An opaque redirect. Of such responses a script can make this one only.
    return decorate(Response.error(), head);
  }
  const isEmpty = NULL_BODY_STATUSES.includes(head.status);
  const body = isEmpty ? null : makeBody(job, match);
  const {status, statusText} = head;
  const headers = head.headers
    .filter(([name]) => !REMOVED_HEADERS.includes(name.toLowerCase()))
    .map(([name, value]): [string, string] => [name, value]);
  return decorate(new Response(body, {status, statusText, headers}), head);
}

/** "… transmits the bytes that are stored, and those that come." */
function makeBody(job: Job, match: RecordMatch): ReadableStream<Uint8Array> {
  const release = job.use();
  const cancelled = new AbortController();
  let position = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          for (;;) {
            const bytes = await job.readResponse(
              match.record,
              match.generation,
              position,
            );
            if (bytes !== undefined) {
              position += bytes.length;
              controller.enqueue(bytes);
              return;
            }
            const data = readData(job, match);
            // Not before all is stored: until then a success may fail yet.
            if (data?.phase === 'settled') {
              if (position < data.received) {
                throw new TypeError('Bytes of the response are lost.');
              }
              controller.close();
              release();
              return;
            }
            if (position < (data?.received ?? 0)) continue;
            await job.whenChanged(cancelled.signal);
          }
        } catch (error) {
          release();
          if (!cancelled.signal.aborted) throw error;
        }
      },
      cancel() {
        cancelled.abort();
        release();
      },
    },
    // Nothing is read that nobody asks for.
    {highWaterMark: 0},
  );
}

/** A constructor gives neither of these; they are as `fetch()` gave them. */
function decorate(
  response: Response,
  {url, type, redirected}: ResponseHead,
): Response {
  return Object.defineProperties(response, {
    url: {value: url, configurable: true},
    type: {value: type, configurable: true},
    redirected: {value: redirected, configurable: true},
    clone: {
      value: () =>
        decorate(Response.prototype.clone.call(response), {
          url,
          type,
          redirected,
        } as ResponseHead),
      configurable: true,
    },
  });
}
