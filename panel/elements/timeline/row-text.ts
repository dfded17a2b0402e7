import {
  isOver,
  type FetchState,
  type RecordState,
  type WorkerEventState,
} from '../../../inspector-core/projections/fetch-state.js';
import type {EpochMs} from '../../../inspector-core/protocol/protocol.js';
import {isAnswerAwaited, isUploading} from '../../filter/filter.js';
import {
  formatBytes,
  formatBytesOf,
  formatDuration,
  formatPercent,
  formatTimeLeft,
} from '../../format/format.js';
import {phaseNames} from '../../strings.js';
import {
  contentLength,
  isBadRecord,
  isOk,
  receivedBytes,
  recentRate,
} from '../../timeline/timeline.js';

/** `success`, `38 %`, `↑ 71 %`, and `sent` until the answer comes. */
export function fetchStateText(fetch: FetchState): string {
  if (isUploading(fetch)) {
    return `↑ ${formatPercent(fetch.uploaded, fetch.uploadTotal)}`;
  }
  if (isAnswerAwaited(fetch)) return 'sent';
  if (fetch.phase === 'active' && fetch.downloadTotal > 0) {
    return formatPercent(fetch.downloaded, fetch.downloadTotal);
  }
  return phaseNames[fetch.phase];
}

/** `42.1 MB`, `24.0 / 62.9 MB`, `↑ 8.50 / 12.0 MB` */
export function fetchBytesText(fetch: FetchState): string {
  if (fetch.phase === 'rejected') return '';
  if (isUploading(fetch)) {
    return `↑ ${formatBytesOf(fetch.uploaded, fetch.uploadTotal)}`;
  }
  if (fetch.phase === 'succeeded' || fetch.downloaded === 0) {
    return fetch.uploaded > 0 && fetch.downloaded === 0
      ? `↑ ${formatBytes(fetch.uploaded)}`
      : formatBytes(fetch.downloaded);
  }
  return formatBytesOf(fetch.downloaded, fetch.downloadTotal);
}

/** What is written behind the lane of a fetch. */
export function fetchLaneLabel(fetch: FetchState): string {
  switch (fetch.phase) {
    case 'failed':
      return fetch.failureReason ?? '';
    case 'rejected':
      return fetch.error?.name ?? '';
    case 'active': {
      const isUp = isUploading(fetch);
      const rate = recentRate(fetch.curve, isUp ? 'uploaded' : 'downloaded');
      const left = isUp
        ? fetch.uploadTotal - fetch.uploaded
        : fetch.downloadTotal - fetch.downloaded;
      return rate > 0 && left > 0 ? formatTimeLeft((left / rate) * 1_000) : '';
    }
    default:
      return '';
  }
}

/** `200`, `206 ×2`, `pending` */
export function recordStateText(
  record: RecordState,
  fetch: FetchState,
): string {
  const status = record.response?.status ?? record.attempts.at(-1)?.status;
  if (status === undefined && isBadRecord(record, fetch)) return 'error';
  if (status === undefined) return isOver(fetch.phase) ? '–' : 'pending';
  const same = record.attempts.filter(
    (attempt) => attempt.status !== undefined,
  ).length;
  return same > 1 ? `${status} ×${same}` : String(status);
}

/**
 * `24.0 / 62.9 MB`, where the bytes of a record are counted; else how many there
 * should be: the platform does not tell, but a header may.
 */
export function recordBytesText(record: RecordState): string {
  const length = contentLength(record) ?? 0;
  const received = receivedBytes(record);
  if (received === undefined) return length > 0 ? formatBytes(length) : '';
  return received < length
    ? formatBytesOf(received, length)
    : formatBytes(received);
}

/** Nobody listened, as far as was seen: a worker that ran before may have. */
export const hasNoHandler = ({handlers, waits}: WorkerEventState): boolean =>
  handlers === 0 && waits.length === 0;

/** What became of a worker event: `handled`, `failed`, `no handler`. */
export function eventStateText(event: WorkerEventState): string {
  if (hasNoHandler(event)) return 'no handler';
  if (event.finishedAt === undefined) return 'running';
  return event.outcome?.status === 'rejected' ? 'failed' : 'handled';
}

/** How long the worker was held for it. */
export function eventWaitText(event: WorkerEventState): string {
  if (hasNoHandler(event)) return '';
  if (event.waits.length === 0) return 'no waitUntil';
  return event.finishedAt === undefined
    ? 'waitUntil goes on'
    : `waitUntil ${formatDuration(event.finishedAt - event.at)}`;
}

/** Why a record is bad, behind its lane. */
export function recordLaneLabel(record: RecordState): string {
  const failed = record.attempts.findLast(
    (attempt) => attempt.error !== undefined,
  );
  if (record.response !== undefined && !isOk(record.response.status)) {
    return String(record.response.status);
  }
  return record.error?.message ?? failed?.error ?? '';
}

/** The same, and what is left of it where there is little room. */
export function eventLaneLabels(event: WorkerEventState): readonly string[] {
  const [name, ...rest] = eventLaneLabel(event).split(', ');
  const short = name?.replace('backgroundfetch', '') ?? '';
  return [eventLaneLabel(event), [short, ...rest].join(', '), rest.join(', ')];
}

/** `backgroundfetchfail, waitUntil 212 ms` */
export function eventLaneLabel(event: WorkerEventState): string {
  const parts: string[] = [event.name];
  if (hasNoHandler(event)) parts.push('no handler');
  if (event.waits.length > 0) parts.push(eventWaitText(event));
  if (event.outcome?.status === 'rejected') parts.push('rejected');
  return parts.join(', ');
}

/** A fetch's lane in words, for whoever does not see it. */
export function describeLane(fetch: FetchState, now: EpochMs): string {
  const end = isOver(fetch.phase) ? (fetch.settledAt ?? fetch.lastAt) : now;
  const parts = [
    `${fetch.route}, ${phaseNames[fetch.phase]} after ${formatDuration(end - fetch.openedAt)}`,
  ];
  if (fetch.firstByteAt !== undefined) {
    const waited = formatDuration(fetch.firstByteAt - fetch.openedAt);
    parts.push(`first bytes after ${waited}`);
  }
  for (const event of fetch.events) parts.push(eventLaneLabel(event));
  return parts.join(', ');
}
