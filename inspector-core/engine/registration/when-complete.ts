import {makeHead, type ResponseHead} from '../algorithms/response-head.js';
import type {Job, RecordView} from '../driver/job.js';
import type {RecordMatch} from './match-records.js';

/** A response that is given out once all of it is there. */
export interface CompleteResponse {
  readonly head: ResponseHead;
  /** Whose it is, which need not be that of the record that was asked. */
  readonly match: RecordMatch;
  readonly length: number;
}

/**
 * What `responseReady` comes to in Chromium, which knows a record by its URL: who
 * waits for one of two that are alike is given what comes first.
 *
 * @returns undefined where it never settles: for who waits while it is aborted
 */
export async function whenComplete(
  job: Job,
  match: RecordMatch,
): Promise<CompleteResponse | undefined> {
  const ready = readComplete(job, match);
  if (ready !== undefined) return ready;
  const alike = job.stored.records.flatMap(({request}, record) =>
    request.url === match.request.url &&
    job.records[record]?.phase !== 'settled'
      ? [{...match, record}]
      : [],
  );
  for (;;) {
    await job.whenChanged();
    if (job.wasAborted) return undefined;
    for (const each of alike) {
      if (job.records[each.record]?.phase !== 'settled') continue;
      try {
        return readComplete(job, each);
      } catch {
        // Who waits for what is refused is given it all the same, empty.
        const head = makeHead(each.request.url, 0, 'error');
        return {head, match: each, length: 0};
      }
    }
  }
}

/** Undefined as long as the record is not; throws if it has no response. */
function readComplete(
  job: Job,
  match: RecordMatch,
): CompleteResponse | undefined {
  const data = job.records[match.record];
  if (data?.phase !== 'settled') return undefined;
  const {response: head, generation, received: length} = data;
  if (head === undefined || !isReadable(data)) {
    throw job.wasAborted
      ? new DOMException(
          'The fetch was aborted before the record was processed.',
          'AbortError',
        )
      : new DOMException('The response is not available.', 'UnknownError');
  }
  return {head, match: {...match, generation}, length};
}

/** Of what was too large the head can be read, and no bytes. */
const isReadable = ({result}: RecordView): boolean =>
  result === 'success' ||
  result === 'bad-status' ||
  result === 'download-total-exceeded';
