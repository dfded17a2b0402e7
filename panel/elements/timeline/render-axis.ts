import {html, nothing, svg, type TemplateResult} from 'lit';
import type {SimulationState} from '../../../inspector-core/projections/state.js';
import type {EpochMs} from '../../../inspector-core/protocol/protocol.js';
import {isWhole, type Scale, type Tick} from '../../timeline/timeline.js';
import {HATCH, renderSimulation} from './render-simulation.js';

/** The common time axis of all lanes. */
export interface Axis {
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  /** Of the session. */
  readonly end: EpochMs;
  /** Only while something goes on. */
  readonly now: EpochMs | undefined;
}

function nowLine({scale, now}: Axis) {
  const x = now === undefined ? -1 : scale.x(now);
  return x < 0 || x > scale.width
    ? nothing
    : svg`<line class="now" x1=${x} x2=${x} y1="0" y2="100%"></line>`;
}

/** The columns' names, and the ticks with their times. */
export const renderHead = (
  axis: Axis,
  handleDrag: (event: PointerEvent) => void,
): TemplateResult =>
  html`<div class="head" role="rowgroup">
    <div class="head-row" role="row" aria-rowindex="1">
      <div class="cells" role="none">
        <div class="name" role="columnheader">Fetch</div>
        <div class="state" role="columnheader">State</div>
        <div class="bytes-cell" role="columnheader">Received</div>
      </div>
      <div class="axis" role="columnheader" @pointerdown=${handleDrag}>
        <span class="visually-hidden">Time</span>
        <svg aria-hidden="true">
          ${axis.ticks.map(
            ({x, label}) =>
              svg`<line x1=${x} x2=${x} y1="0" y2="22"></line>${isWhole(label, x + 5, axis.scale.width) ? svg`<text x=${x + 5} y="15">${label}</text>` : nothing}`,
          )}
          ${nowLine(axis)}
        </svg>
      </div>
    </div>
  </div>`;

/** The ticks' lines behind all lanes, and what acts on all of them. */
export const renderGrid = (
  axis: Axis,
  simulation?: SimulationState,
): TemplateResult =>
  html`<svg class="grid" aria-hidden="true">
    ${HATCH}
    ${axis.ticks.map(
      ({x}) => svg`<line x1=${x} x2=${x} y1="0" y2="100%"></line>`,
    )}
    ${
      simulation === undefined
        ? nothing
        : renderSimulation(simulation, axis.scale, axis.end)
    }
    ${nowLine(axis)}
  </svg>`;
