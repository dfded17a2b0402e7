import {html, nothing, type TemplateResult} from 'lit';
import type {InspectorState} from '../../inspector-core/projections/state.js';
import {formatBytes, formatPlural, visibleText} from '../format/format.js';

export interface StatusLine {
  readonly totals: {
    readonly fetches: number;
    readonly records: number;
    readonly received: number;
    readonly sent: number;
  };
  /** How many fetches the filter leaves. */
  readonly shown: number;
  readonly entries: number;
  readonly state: InspectorState;
  readonly attached: string;
}

const DOTS = {
  attached: 'mark-succeeded',
  attaching: 'mark-active',
  detached: 'mark-aborted',
  refused: 'mark-failed',
} as const;

/** Totals at the left; at the right what is attached, and what went missing. */
export function statusLine(line: StatusLine): TemplateResult {
  const {totals, state, shown} = line;
  const {missed, rejected, faults, message = ''} = state.health;
  const {attachment, recording} = state.session;
  const isAttached = attachment.state === 'attached';
  const troubles = [
    ...(missed > 0
      ? [`${formatPlural(missed, 'entry', 'entries')} missed`]
      : []),
    ...(rejected > 0
      ? [`${formatPlural(rejected, 'entry', 'entries')} rejected`]
      : []),
    ...(faults > 0 ? [formatPlural(faults, 'hook fault')] : []),
  ];
  const words = isAttached
    ? `${recording ? 'attached' : 'attached, not recording'}${line.attached === '' ? '' : `: ${line.attached}`}`
    : attachment.state;
  return html`<footer class="status">
    <span
      >${
        shown < totals.fetches
          ? `${shown} of ${formatPlural(totals.fetches, 'fetch', 'fetches')}`
          : formatPlural(totals.fetches, 'fetch', 'fetches')
      }</span
    >
    <span class="second">${formatPlural(totals.records, 'record')}</span>
    <span class="received">${formatBytes(totals.received)} received</span>
    ${
      totals.sent > 0
        ? html`<span class="second">${formatBytes(totals.sent)} sent</span>`
        : nothing
    }
    <span class="second"
      >${formatPlural(line.entries, 'entry', 'entries')}</span
    >
    ${
      troubles.length === 0
        ? nothing
        : html`<span
            class="trouble clip"
            title="${troubles.join(', ')}. ${visibleText(message, 300)}"
            >⚠ ${troubles.join(', ')}</span
          >`
    }
    <span class="space"></span>
    <span class="attached clip" title=${words}>
      <svg
        class="mark ${DOTS[attachment.state]}"
        viewBox="-6 -6 12 12"
        aria-hidden="true"
      >
        <circle r=${isAttached ? 4.5 : 3.5}></circle></svg
      >${words}
    </span>
  </footer>`;
}
