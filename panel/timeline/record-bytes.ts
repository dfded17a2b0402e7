import type {
  AttemptState,
  RecordState,
} from '../../inspector-core/projections/fetch-state.js';
import {rangeStart} from './lane.js';

/** Bytes of a record's body that are here; undefined where nobody counts them. */
export function receivedBytes({attempts}: RecordState): number | undefined {
  const last = attempts.findLast(({status}) => status !== undefined);
  return last?.received === undefined
    ? undefined
    : startOf(last) + last.received;
}

/** Where in the body an attempt began; a server may not take the Range. */
const startOf = ({status, requestHeaders = []}: AttemptState): number =>
  status === 206 ? rangeStart(requestHeaders) : 0;

/** How long the body will be, if a header says so. */
export function contentLength({
  attempts,
  response,
}: RecordState): number | undefined {
  const headers = attempts[0]?.responseHeaders ?? response?.headers ?? [];
  const valueOf = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
  // Of a compressed body it is another length than what a script gets.
  if (valueOf('content-encoding') !== undefined) return undefined;
  const length = Number(valueOf('content-length') ?? Number.NaN);
  return Number.isFinite(length) && length >= 0 ? length : undefined;
}
