import {html, type TemplateResult} from 'lit';
import type {LogEntry} from '../../inspector-core/protocol/protocol.js';
import {
  formatClock,
  formatCount,
  formatEntrySummary,
  formatTime,
  visibleLines,
  visibleText,
} from '../format/format.js';
import type {DetailContext} from './detail-context.js';
import {factList} from './facts.js';

/** As much JSON as a pane can hold without delay. */
const LONGEST = 100_000;

/** Long lists are cut before they are written out, not after. */
const shorten = (_: string, value: unknown): unknown =>
  Array.isArray(value) && value.length > 200
    ? [...value.slice(0, 200), `… ${value.length - 200} more`]
    : value;

/** One entry as it came: who saw it, when, and all it says. */
export function entrySummary(
  entry: LogEntry,
  context: DetailContext,
): TemplateResult {
  const json = JSON.stringify(entry.fact, shorten, 2);
  return html`<div class="summary">
    <div>
      <h2>
        <bdi
          >${entry.fact.type}:
          ${visibleText(formatEntrySummary(entry), 300)}</bdi
        >
      </h2>
      ${factList([
        [
          'Entry',
          `${formatCount(entry.index)}, number ${formatCount(entry.seq)} of its source`,
        ],
        [
          'Source',
          `${entry.source.kind} ${visibleText(entry.source.realm, 80)}`,
        ],
        ['URL', visibleText(entry.source.url, 500)],
        [
          'Time',
          `${formatTime(entry.at, context.origin, 'relative')}, ${formatClock(entry.at)}`,
        ],
      ])}
    </div>
    <pre tabindex="0" aria-label="The entry as JSON">
${visibleLines(json, LONGEST)}</pre>
  </div>`;
}
