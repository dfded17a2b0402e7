import {html, type TemplateResult} from 'lit';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import {SelectEvent, type Selection} from '../../events/select-event.js';
import {formatCount, visibleText} from '../../format/format.js';

function titleOf(selection: Selection | undefined): string {
  switch (selection?.kind) {
    case 'entry':
      return `Entry ${formatCount(selection.index)}`;
    case 'record':
      return `Record ${formatCount(selection.record + 1)}`;
    case 'event':
      return 'Worker event';
    default:
      return '';
  }
}

/** What is shown, beneath the fetch that it belongs to. */
export function renderCrumbs(
  selection: Selection | undefined,
  parent: FetchState | undefined,
): TemplateResult {
  const title = titleOf(selection);
  if (parent === undefined) return html`<div class="crumbs">${title}</div>`;
  return html`<div class="crumbs">
    <button
      class="link clip"
      title=${visibleText(parent.id, 400)}
      @click=${({currentTarget}: Event) =>
        currentTarget?.dispatchEvent(
          new SelectEvent({kind: 'fetch', fetch: parent.key}),
        )}
    >
      ${visibleText(parent.id, 60)}
    </button>
    <span>› ${title}</span>
  </div>`;
}
