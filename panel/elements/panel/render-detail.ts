import {html, nothing, type TemplateResult} from 'lit';
import {styleMap} from 'lit/directives/style-map.js';
import type {LogEntry} from '../../../inspector-core/protocol/protocol.js';
import type {Selection} from '../../events/select-event.js';
import {SettingsEvent} from '../../events/settings-event.js';
import type {DetailContext} from '../../templates/detail-context.js';
import '../detail/detail.js';
import '../splitter/splitter.js';
import type {ResizeEvent} from '../splitter/splitter.js';

/** Pixels of the detail pane, until the user chooses. */
const HEIGHT = 232;

/** Pixels of the pane, and of what must stay in view above it. */
const LEAST = {pane: 90, above: 200};

export interface DetailPane {
  readonly selection: Selection;
  /** The selected entry, when it is one. */
  readonly entry: LogEntry | undefined;
  readonly context: DetailContext;
  /** It slides over the tree. */
  readonly isOver: boolean;
  /** Pixels that the panel has in all; 0: it is not measured yet. */
  readonly room: number;
  /** Pixels that the user chose. */
  readonly height: number | undefined;
}

/** What is selected, below a splitter or over all else. */
export function renderDetail(pane: DetailPane): TemplateResult {
  const most =
    pane.room === 0 ? HEIGHT : Math.max(LEAST.pane, pane.room - LEAST.above);
  const height = Math.min(pane.height ?? HEIGHT, most);
  return html`${
      pane.isOver
        ? nothing
        : html`<bgf-splitter
            .value=${height}
            .max=${most}
            @bgf-resize=${({currentTarget, value}: ResizeEvent) =>
              currentTarget?.dispatchEvent(
                new SettingsEvent({detailHeight: value}),
              )}
          ></bgf-splitter>`
    }
    <bgf-detail
      ?over=${pane.isOver}
      .selection=${pane.selection}
      .context=${pane.context}
      .entry=${pane.entry}
      style=${styleMap({blockSize: pane.isOver ? undefined : `${height}px`})}
    ></bgf-detail>`;
}
