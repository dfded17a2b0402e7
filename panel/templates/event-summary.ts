import {html, nothing, type TemplateResult} from 'lit';
import type {
  FetchState,
  WorkerEventState,
} from '../../inspector-core/projections/fetch-state.js';
import {
  formatDuration,
  formatInvocation,
  formatOutcome,
  formatPlural,
  formatTime,
  visibleText,
} from '../format/format.js';
import {callsOf} from '../timeline/timeline.js';
import type {DetailContext} from './detail-context.js';
import {factList} from './facts.js';
import {stateMark} from './marks.js';

function sentence(event: WorkerEventState, isDeaf: boolean): string {
  if (isDeaf) {
    return `${event.name} reached a worker that has no handler for it`;
  }
  if (event.finishedAt === undefined) {
    return `${event.name} is being handled`;
  }
  const length = formatDuration(event.finishedAt - event.at);
  return event.outcome?.status === 'rejected'
    ? `${event.name} failed after ${length}`
    : `${event.name} was handled in ${length}`;
}

/** One worker event: what it waited for, and what was called meanwhile. */
export function eventSummary(
  event: WorkerEventState,
  fetch: FetchState,
  context: DetailContext,
): TemplateResult {
  const time = (at: number) =>
    formatTime(at, context.origin, context.timeFormat);
  const realm = context.state.realms.get(event.realm);
  const url = realm?.source.url ?? '';
  const isDeaf =
    event.handlers === 0 &&
    event.waits.length === 0 &&
    realm?.timing !== 'late';
  const error =
    event.outcome?.status === 'rejected' ? event.outcome.error : undefined;
  const calls = callsOf(fetch, context.state.calls).filter(
    ({realm, at}) =>
      realm === event.realm &&
      at >= event.at &&
      at <= (event.finishedAt ?? Infinity),
  );
  return html`<div class="summary">
    <div>
      <h2>${stateMark('event')}${sentence(event, isDeaf)}</h2>
      ${factList([
        ['Fetch', visibleText(fetch.id, 200)],
        ['Dispatched at', time(event.at)],
        [
          'Error',
          error === undefined
            ? undefined
            : visibleText(`${error.name}: ${error.message}`, 1_000),
        ],
        [
          'Handlers',
          event.handlers > 0 || isDeaf
            ? String(event.handlers)
            : 'unknown: the worker added them before it was watched',
        ],
        ['Worker', visibleText(url, 500)],
        ...event.waits.map(
          (wait) =>
            [
              `waitUntil() ${wait.wait}`,
              wait.settledAt === undefined
                ? 'goes on'
                : `${wait.outcome?.status ?? ''} after ${formatDuration(wait.settledAt - wait.at)}`,
            ] as const,
        ),
      ])}
      ${
        !isDeaf
          ? nothing
          : html`<aside class="finding">
              <h3>Nobody listened</h3>
              <p>
                To be told when a background fetch ends, add a listener of
                ${event.name} while the service worker’s script first runs.
              </p>
            </aside>`
      }
    </div>
    ${
      calls.length === 0
        ? nothing
        : html`<div>
            <h3>${formatPlural(calls.length, 'call')} meanwhile</h3>
            ${factList(
              calls
                .slice(0, 100)
                .map((call) => [
                  time(call.at),
                  visibleText(
                    `${formatInvocation(call.invocation)}: ${call.outcome === undefined ? 'pending' : formatOutcome(call.outcome)}`,
                    300,
                  ),
                ]),
            )}
          </div>`
    }
  </div>`;
}
