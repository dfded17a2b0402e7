import {html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';
import type {FetchPhase} from '../../inspector-core/projections/fetch-state.js';

/** Every state has its own shape, so that it can be told without its colour. */
export type MarkKind = FetchPhase | 'event';

function shape(kind: MarkKind): SVGTemplateResult {
  switch (kind) {
    case 'succeeded':
      return svg`<circle r="5"></circle>`;
    case 'failed':
      return svg`<path d="M0-6L6 0 0 6-6 0z"></path>`;
    case 'aborted':
      return svg`<path d="M-4.5-4.5h9v9h-9z"></path>`;
    case 'rejected':
      return svg`<path d="M-4-4L4 4M4-4L-4 4"></path>`;
    case 'active':
      return svg`<path d="M4.2-2A4.6 4.6 0 1 0 4.2 2"></path>`;
    case 'requested':
      return svg`<circle r="4.5" stroke-dasharray="2.5 2"></circle>`;
    case 'event':
      return svg`<path d="M1-6L-4 1h3L-1 6 4-1H1z"></path>`;
  }
}

/** In a lane, around a point. */
export const laneMark = (
  kind: MarkKind,
  x: number,
  y: number,
): SVGTemplateResult =>
  svg`<g class="end mark-${kind}" transform="translate(${x} ${y})">${shape(kind)}</g>`;

/** In a row of text. */
export const stateMark = (kind: MarkKind): TemplateResult =>
  html`<svg class="mark mark-${kind}" viewBox="-6 -6 12 12" aria-hidden="true">
    ${shape(kind)}
  </svg>`;
