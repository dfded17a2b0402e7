import {html, nothing, type TemplateResult} from 'lit';
import {formatRoute, formatUrlName, visibleText} from '../../format/format.js';
import {stateMark} from '../../templates/marks.js';
import {strings} from '../../strings.js';
import {moreIcon, triangleIcon} from '../../templates/icons.js';
import {hasChildren, isBadRecord, type Row} from '../../timeline/timeline.js';
import {
  eventStateText,
  eventWaitText,
  fetchBytesText,
  fetchStateText,
  recordBytesText,
  recordStateText,
} from './row-text.js';

/**
 * The three cells beside a lane. What is not the browser's own work says so; the
 * rest does where both are beside each other.
 */
export function rowCells(row: Row, isMixed: boolean): TemplateResult {
  switch (row.kind) {
    case 'fetch': {
      const {fetch} = row;
      return html`
        <div class="name" role="rowheader">
          ${
            hasChildren(fetch)
              ? html`<span class="twisty"
                  >${triangleIcon(row.isExpanded)}</span
                >`
              : html`<span class="twisty"></span>`
          }
          <span
            class="clip"
            dir="auto"
            title=${visibleText(`${fetch.id} ${fetch.title ?? ''}`.trim(), 400)}
            ><span class="id">${visibleText(fetch.id, 200)}</span> ${
              fetch.title === undefined
                ? nothing
                : html`<bdi>${visibleText(fetch.title, 200)}</bdi>`
            }</span
          >
          ${
            fetch.route === 'emulated' || isMixed
              ? html`<span
                  class="badge ${fetch.route}"
                  title=${formatRoute(fetch)}
                  >${fetch.route}</span
                >`
              : nothing
          }
          ${moreButton(fetch.id)}
        </div>
        <div class="state" role="gridcell" title=${fetchStateText(fetch)}>
          ${stateMark(fetch.phase)}<span class="clip"
            >${fetchStateText(fetch)}</span
          >
        </div>
        <div class="bytes-cell mono" role="gridcell">
          ${fetchBytesText(fetch)}
        </div>
      `;
    }
    case 'record': {
      const {record, fetch} = row;
      const isBad = isBadRecord(record, fetch);
      return html`
        <div class="name child" role="rowheader">
          <span class="clip" title=${visibleText(record.request.url, 400)}
            >${visibleText(record.request.method, 12)}
            <bdi>${formatUrlName(record.request.url)}</bdi></span
          >
        </div>
        <div class="state ${isBad ? 'error' : ''}" role="gridcell">
          <span class="clip">${recordStateText(record, fetch)}</span>
        </div>
        <div class="bytes-cell mono" role="gridcell">
          ${recordBytesText(record)}
        </div>
      `;
    }
    case 'event':
      return html`
        <div class="name child" role="rowheader">
          ${stateMark('event')}<span class="clip" title=${row.event.name}
            >${row.event.name.replace('backgroundfetch', '')} event</span
          >
        </div>
        <div
          class="state ${
            row.event.outcome?.status === 'rejected' ? 'error' : ''
          }"
          role="gridcell"
        >
          <span class="clip">${eventStateText(row.event)}</span>
        </div>
        <div class="bytes-cell wait" role="gridcell">
          ${eventWaitText(row.event)}
        </div>
      `;
  }
}

/** Opens the menu of what can be done; the keyboard has its own key for that. */
const moreButton = (id: string): TemplateResult =>
  html`<button
    class="icon-only more"
    tabindex="-1"
    title=${strings.actions}
    aria-label="${strings.actions}: ${visibleText(id, 60)}"
  >
    ${moreIcon}
  </button>`;
