import {html, nothing, type SVGTemplateResult, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {CallsState} from '../../../inspector-core/projections/state.js';
import type {EpochMs} from '../../../inspector-core/protocol/protocol.js';
import {
  callsOf,
  hasChildren,
  isFinal,
  stateOf,
  type Row,
  type Scale,
} from '../../timeline/timeline.js';
import {eventLane, fetchLane, recordLane} from './render-lane.js';
import {rowCells} from './render-cells.js';
import type {RowSize} from './row-heights.js';
import {describeLane} from './row-text.js';

/** What all rows are drawn with. */
export interface LanesContext {
  readonly scale: Scale;
  readonly now: EpochMs;
  readonly calls: CallsState;
  /** Whether fetches of both routes are shown. */
  readonly isMixed: boolean;
}

/** Where a row stands, and what the user does with it. */
export interface RowPlace {
  readonly index: number;
  /** Pixels from the top of all rows. */
  readonly top: number;
  readonly size: RowSize;
  readonly isActive: boolean;
  readonly isSelected: boolean;
}

/** One row of the tree: its cells, and its lane beside or below them. */
export function renderTreeRow(
  row: Row,
  {index, top, size, isActive, isSelected}: RowPlace,
  context: LanesContext,
): TemplateResult {
  return html`<div
    id="row-${index}"
    class="row ${row.kind}-row ${isActive ? 'active' : ''}"
    role="row"
    data-index=${index}
    aria-rowindex=${index + 2}
    aria-level=${row.kind === 'fetch' ? 1 : 2}
    aria-selected=${isSelected}
    aria-expanded=${
      row.kind === 'fetch' && hasChildren(row.fetch) ? row.isExpanded : nothing
    }
    style=${styleMap({
      blockSize: `${size.row}px`,
      transform: `translateY(${top}px)`,
    })}
  >
    <div class="cells" role="none">
      ${guard([...stateOf(row), context.isMixed], () =>
        rowCells(row, context.isMixed),
      )}
    </div>
    <div class="lane" role="gridcell">
      ${guard(lookOf(row, context), () => renderLane(row, context, size.lane))}
    </div>
  </div>`;
}

/** All that a lane is drawn from: most are over, and drawn once. */
function lookOf(row: Row, {scale, now, calls}: LanesContext): unknown[] {
  const {span, width} = scale;
  const until = isFinal(row.fetch) ? undefined : now;
  return [...stateOf(row), calls, span.start, span.end, width, until];
}

function renderLane(
  row: Row,
  context: LanesContext,
  height: number,
): TemplateResult {
  return html`${
      row.kind === 'fetch'
        ? html`<span class="visually-hidden"
            >${describeLane(row.fetch, context.now)}</span
          >`
        : nothing
    }
    <svg width=${context.scale.width} height=${height} aria-hidden="true">
      ${drawLane(row, context, height)}
    </svg>`;
}

function drawLane(
  row: Row,
  {scale, now, calls}: LanesContext,
  height: number,
): SVGTemplateResult {
  const own = row.kind === 'record' ? [] : callsOf(row.fetch, calls);
  const context = {scale, now, calls: own};
  switch (row.kind) {
    case 'fetch':
      return fetchLane(row.fetch, row.isExpanded, context, height);
    case 'record':
      return recordLane(row.record, row.fetch, context, height);
    case 'event':
      return eventLane(row.event, context, height);
  }
}
