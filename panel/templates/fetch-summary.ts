import {html, nothing, type TemplateResult} from 'lit';
import type {
  FetchState,
  WorkerEventState,
} from '../../inspector-core/projections/fetch-state.js';
import {
  formatCause,
  formatDuration,
  formatFetchSentence,
  formatOthers,
  formatPlural,
  formatRoute,
  formatTime,
  formatTotal,
  formatUpload,
  visibleText,
} from '../format/format.js';
import {failureReasons} from '../strings.js';
import {callsOf} from '../timeline/timeline.js';
import {actionRow} from './action-row.js';
import type {DetailContext} from './detail-context.js';
import {factList} from './facts.js';
import {stateMark} from './marks.js';
import {callerFrame} from './stack.js';

/** `backgroundfetchfail → 1 handler, waitUntil 212 ms, fulfilled` */
function eventText(event: WorkerEventState, {state}: DetailContext): string {
  const isLate = state.realms.get(event.realm)?.timing === 'late';
  const hasWaited = event.waits.length > 0;
  if (event.handlers === 0 && !hasWaited && !isLate) {
    return `${event.name} → no handler: nothing was told of the end`;
  }
  // A worker that ran before it was watched had added its handlers already.
  const handlers =
    event.handlers === 0
      ? 'handlers unknown'
      : formatPlural(event.handlers, 'handler');
  const parts = [`${event.name} → ${handlers}`];
  if (event.waits.length === 0) parts.push('no waitUntil()');
  else if (event.finishedAt === undefined) parts.push('waitUntil() goes on');
  else {
    const length = formatDuration(event.finishedAt - event.at);
    parts.push(`waitUntil() ${length}`);
  }
  if (event.outcome?.status === 'rejected') {
    const {name, message} = event.outcome.error;
    parts.push(visibleText(`rejected: ${name}: ${message}`, 200));
  } else if (event.outcome !== undefined && event.waits.length > 0) {
    parts.push('fulfilled');
  }
  return parts.join(', ');
}

/** The first tab of a fetch: what happened, why, and who began it. */
export function fetchSummary(
  fetch: FetchState,
  context: DetailContext,
): TemplateResult {
  const calls = callsOf(fetch, context.state.calls);
  const started = calls.find((call) => call.key === fetch.startedBy);
  const realm =
    started === undefined ? undefined : context.state.realms.get(started.realm);
  const caller = callerFrame(started?.stack, context);
  const from =
    realm === undefined
      ? nothing
      : html` in the ${realm.source.kind.replaceAll('-', ' ')}
          <bdi>${visibleText(realm.source.url, 200)}</bdi>`;
  const remedy =
    fetch.failureReason === undefined
      ? undefined
      : failureReasons[fetch.failureReason];
  return html`<div class="summary">
    <div>
      <h2>
        ${stateMark(fetch.phase)}<bdi
          >${formatFetchSentence(fetch, context.now)}</bdi
        >
      </h2>
      ${actionRow(fetch)}
      ${factList([
        ['Cause', formatCause(fetch, calls)],
        ['Others', formatOthers(fetch)],
        ...fetch.events.map(
          (event) => ['Event', eventText(event, context)] as const,
        ),
        [
          'Started by',
          started === undefined
            ? 'fetch() was not seen: it was called before the recording, or by a script that ran before the hook'
            : html`${caller ?? 'a script'}${from}`,
        ],
        [
          'Started at',
          formatTime(fetch.openedAt, context.origin, context.timeFormat),
        ],
        ['Route', formatRoute(fetch)],
        ['Title', visibleText(fetch.title ?? '', 300)],
        ['Upload', formatUpload(fetch)],
        ['Total', formatTotal(fetch)],
        ['Scope', visibleText(fetch.scope ?? '', 300)],
        [
          'Records',
          fetch.recordsAvailable || fetch.phase === 'active'
            ? undefined
            : fetch.phase === 'rejected' || fetch.phase === 'requested'
              ? undefined
              : 'no longer available: match() rejects',
        ],
      ])}
    </div>
    <div class="beside">
      ${
        remedy === undefined || fetch.phase === 'aborted'
          ? nothing
          : html`<aside class="finding bad">
              <h3>${fetch.failureReason}</h3>
              <p>${remedy}</p>
            </aside>`
      }
      ${
        fetch.curve.length < 2
          ? nothing
          : html`<bgf-byte-chart
              compact
              .fetch=${fetch}
              .now=${context.now}
              .origin=${context.origin}
              .timeFormat=${context.timeFormat}
            ></bgf-byte-chart>`
      }
    </div>
  </div>`;
}
