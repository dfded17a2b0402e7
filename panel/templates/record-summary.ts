import {html, nothing, type TemplateResult} from 'lit';
import type {
  AttemptState,
  FetchState,
  RecordState,
} from '../../inspector-core/projections/fetch-state.js';
import type {HeaderList} from '../../inspector-core/protocol/protocol.js';
import {
  describeError,
  formatBytes,
  formatDuration,
  formatExactBytes,
  formatPlural,
  formatTime,
  formatUrlName,
  visibleText,
} from '../format/format.js';
import {rangeStart, receivedBytes} from '../timeline/timeline.js';
import {actionRow} from './action-row.js';
import type {DetailContext} from './detail-context.js';
import {factList} from './facts.js';

/** Enough of them to read; nobody reads more. */
const SHOWN = 200;

const headerList = (
  title: string,
  headers: HeaderList | undefined,
): TemplateResult | typeof nothing =>
  headers === undefined || headers.length === 0
    ? nothing
    : html`<h3>${title} <span class="subtle">${headers.length}</span></h3>
        ${factList(
          headers
            .slice(0, SHOWN)
            .map(([name, value]) => [
              visibleText(name, 80),
              html`<bdi class="mono">${visibleText(value, 2_000)}</bdi>`,
            ]),
        )}`;

function attemptText(attempt: AttemptState): string {
  const from = rangeStart(attempt.requestHeaders ?? []);
  const parts = [
    attempt.status === undefined ? 'no answer' : String(attempt.status),
  ];
  if (from > 0) parts.push(`from ${formatBytes(from)}`);
  if (attempt.received !== undefined) {
    parts.push(formatBytes(attempt.received));
  }
  if (attempt.finishedAt !== undefined) {
    parts.push(formatDuration(attempt.finishedAt - attempt.startedAt));
  }
  if (attempt.ip !== undefined) parts.push(visibleText(attempt.ip, 60));
  if (attempt.fromCache === true) parts.push('from cache');
  for (const {status, to} of attempt.redirects.slice(0, 20)) {
    parts.push(`${status} to ${visibleText(to, 200)}`);
  }
  if (attempt.error !== undefined) parts.push(visibleText(attempt.error, 200));
  return parts.join(', ');
}

function sentence(record: RecordState, fetch: FetchState): string {
  const name = formatUrlName(record.request.url);
  const after =
    record.settledAt === undefined
      ? ''
      : ` after ${formatDuration(record.settledAt - fetch.openedAt)}`;
  if (record.response !== undefined) {
    const text = visibleText(record.response.statusText, 80);
    return `${name} answered ${record.response.status}${text === '' ? '' : ` ${text}`}${after}`;
  }
  if (record.error !== undefined) {
    return `${name} failed${after}: ${visibleText(describeError(record.error), 200)}`;
  }
  return `${name} has no response that was read`;
}

/** One request of a fetch: asked, answered, and each attempt on the wire. */
export function recordSummary(
  record: RecordState,
  fetch: FetchState,
  context: DetailContext,
): TemplateResult {
  const {request, response} = record;
  const received = receivedBytes(record);
  return html`<div class="summary">
    <div>
      <h2><bdi>${sentence(record, fetch)}</bdi></h2>
      ${actionRow(fetch, record)}
      ${factList([
        ['Request', visibleText(`${request.method} ${request.url}`, 4_000)],
        [
          'Record',
          `${record.index + 1} of ${fetch.records.length} in ${visibleText(fetch.id, 80)}`,
        ],
        [
          'Received',
          received === undefined
            ? undefined
            : `${formatBytes(received)} (${formatExactBytes(received)})`,
        ],
        ['Body', request.hasBody ? 'with a body' : undefined],
        ['Mode', visibleText(request.mode ?? '', 40)],
        ['Credentials', visibleText(request.credentials ?? '', 40)],
        [
          'Response URL',
          response?.redirected === true
            ? visibleText(response.url, 4_000)
            : undefined,
        ],
        ['Response type', visibleText(response?.responseType ?? '', 40)],
        [
          'Settled at',
          record.settledAt === undefined
            ? undefined
            : formatTime(record.settledAt, context.origin, context.timeFormat),
        ],
      ])}
      ${
        record.attempts.length === 0
          ? nothing
          : html`<h3>
                ${formatPlural(record.attempts.length, 'attempt')} on the wire
              </h3>
              ${factList(
                record.attempts
                  .slice(0, SHOWN)
                  .map((attempt) => [
                    formatTime(
                      attempt.startedAt,
                      context.origin,
                      context.timeFormat,
                    ),
                    attemptText(attempt),
                  ]),
              )}`
      }
    </div>
    <div>
      ${headerList('Request headers', record.attempts.at(-1)?.requestHeaders ?? request.headers)}
      ${headerList('Response headers', response?.headers ?? record.attempts.at(-1)?.responseHeaders)}
    </div>
  </div>`;
}
