import {
  isCleared,
  isOver,
  type FetchState,
  type RecordState,
} from '../../inspector-core/projections/fetch-state.js';
import type {CallState} from '../../inspector-core/projections/state.js';
import type {EpochMs} from '../../inspector-core/protocol/protocol.js';
import {formatBytes, formatBytesOf, formatExactBytes} from './bytes.js';
import {describeError} from './entry-summary.js';
import {formatPercent, formatPlural} from './number.js';
import {formatDuration} from './time.js';
import {formatUrlName, parseStack, formatFrame} from './url.js';
import {visibleText} from './visible-text.js';

/** What happened, in one sentence: the detail pane opens with it. */
export function formatFetchSentence(fetch: FetchState, now: EpochMs): string {
  const id = visibleText(fetch.id, 80);
  const end = isOver(fetch.phase) ? (fetch.settledAt ?? fetch.lastAt) : now;
  const length = formatDuration(end - fetch.openedAt);
  const records = formatPlural(fetch.records.length, 'record');
  switch (fetch.phase) {
    case 'requested':
      return `${id} was requested ${length} ago, and fetch() has not settled`;
    case 'active':
      return fetch.downloaded === 0 && fetch.uploaded === 0
        ? `${id} has been waiting for its first bytes for ${length}`
        : `${id} has been going on for ${length}: ${progressOf(fetch)}`;
    case 'succeeded':
      return `${id} succeeded after ${length}: ${records}, ${formatBytes(fetch.downloaded)}`;
    case 'failed':
      return `${id} failed after ${length}: ${fetch.failureReason ?? 'reason unknown'}`;
    case 'aborted':
      return `${id} was aborted after ${length}, at ${formatBytesOf(fetch.downloaded, fetch.downloadTotal)}`;
    case 'rejected':
      return `fetch("${id}") was rejected after ${length}: ${fetch.error?.name ?? 'unknown error'}`;
  }
}

function progressOf(fetch: FetchState): string {
  const isSent = fetch.uploadTotal > 0 && fetch.uploaded >= fetch.uploadTotal;
  if (isSent && fetch.downloaded === 0) {
    return `${formatBytes(fetch.uploaded)} sent, and no byte of an answer yet`;
  }
  const isUp = fetch.uploadTotal > 0 && !isSent;
  const [part, total] = isUp
    ? [fetch.uploaded, fetch.uploadTotal]
    : [fetch.downloaded, fetch.downloadTotal];
  const way = isUp ? 'sent' : 'received';
  const share = formatPercent(part, total);
  return `${formatBytesOf(part, total)} ${way}${share === '' ? '' : ` (${share})`}`;
}

const isBad = ({response, error}: RecordState): boolean =>
  error !== undefined ||
  (response !== undefined && (response.status < 200 || response.status > 299));

const at = (fetch: FetchState, time: EpochMs | undefined): string =>
  time === undefined ? '' : `, at ${formatDuration(time - fetch.openedAt)}`;

/** Which record, call or limit brought the end about. */
export function formatCause(
  fetch: FetchState,
  calls: readonly CallState[],
): string | undefined {
  switch (fetch.phase) {
    case 'rejected':
      return fetch.error === undefined
        ? undefined
        : visibleText(describeError(fetch.error));
    case 'aborted':
      return isCleared(fetch)
        ? 'the inspector cleared what emulated fetches had stored, and no event tells of it'
        : formatAborter(fetch, calls);
    case 'failed':
      return fetch.failureReason === 'download-total-exceeded'
        ? `more bytes came than downloadTotal, ${formatExactBytes(fetch.downloadTotal)}, allows`
        : formatBadRecord(fetch);
    default:
      return undefined;
  }
}

function formatAborter(fetch: FetchState, calls: readonly CallState[]): string {
  const call = calls.find(
    ({invocation, outcome}) =>
      invocation.method === 'abort' &&
      outcome?.status === 'fulfilled' &&
      outcome.value.kind === 'boolean' &&
      outcome.value.value,
  );
  if (call === undefined) {
    return 'no call of abort() was seen: the user or the browser ended it';
  }
  const [frame] = parseStack(call.stack ?? '');
  const place = frame === undefined ? '' : ` in ${formatFrame(frame)}`;
  return `abort()${place}${at(fetch, call.at)}`;
}

function formatBadRecord(fetch: FetchState): string | undefined {
  const record = fetch.records.find(isBad);
  if (record === undefined) return undefined;
  const name = formatUrlName(record.request.url);
  const place = `record ${record.index + 1} of ${fetch.records.length}, ${name}`;
  const attempts = record.attempts.length;
  const tries =
    attempts > 1 ? `, after ${formatPlural(attempts, 'attempt')}` : '';
  if (record.response !== undefined) {
    return `${place}, answered ${record.response.status}${tries}${at(fetch, record.settledAt)}`;
  }
  const wire = record.attempts.findLast(
    (attempt) => attempt.error !== undefined,
  );
  const why =
    wire?.error ??
    (record.error === undefined ? 'no answer' : describeError(record.error));
  return `${place}: ${visibleText(why)}${tries}${at(fetch, record.settledAt)}`;
}

/** How the rest of the records did. */
export function formatOthers(fetch: FetchState): string | undefined {
  const bad = fetch.records.find(isBad);
  if (bad === undefined || fetch.records.length < 2) return undefined;
  const others = fetch.records.filter((record) => record !== bad);
  const complete = others.filter(
    ({response}) =>
      response !== undefined && response.status >= 200 && response.status < 300,
  );
  const [only] = others;
  if (others.length === 1 && only !== undefined) {
    const status = only.response?.status;
    return `${formatUrlName(only.request.url)} ${status === undefined ? 'had no answer' : `answered ${status}`}`;
  }
  return `${complete.length} of ${formatPlural(others.length, 'other record')} answered well`;
}

/** `12,000,000 B, 8,500,000 B sent` */
export const formatUpload = (fetch: FetchState): string | undefined =>
  fetch.uploadTotal === 0
    ? undefined
    : `${formatExactBytes(fetch.uploadTotal)}, ${formatExactBytes(fetch.uploaded)} sent`;

/** `downloadTotal 62,914,560 B, received 62,701,019 B (−0.3 %)` */
export function formatTotal(fetch: FetchState): string {
  const received = formatExactBytes(fetch.downloaded);
  if (fetch.downloadTotal === 0) {
    return `${received} received; no downloadTotal was given, so the browser cannot show progress`;
  }
  const off = (fetch.downloaded - fetch.downloadTotal) / fetch.downloadTotal;
  const told =
    fetch.phase === 'succeeded' && off !== 0
      ? ` (${off > 0 ? '+' : '−'}${(Math.abs(off) * 100).toFixed(1)} %)`
      : '';
  return `downloadTotal ${formatExactBytes(fetch.downloadTotal)}, received ${received}${told}`;
}
