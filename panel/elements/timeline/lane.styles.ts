import {css} from 'lit';

export const laneStyles = css`
  /* Lanes. Every state has a shape of its own; see templates/marks.ts. */
  .bar.queued,
  .bar.waiting {
    fill: var(--bgf-pale);
  }
  .bar.receiving {
    fill: var(--bgf-accent-bright);
  }
  .record-row .bar.receiving {
    opacity: 0.8;
  }
  .bar.sending {
    fill: var(--bgf-upload);
  }
  .bar.failed {
    fill: var(--bgf-error);
  }
  .bar.event {
    fill: var(--bgf-event);
  }
  .aborted .bar {
    opacity: 0.5;
  }
  .rejected .bar {
    fill: var(--bgf-error-surface);
    stroke: var(--bgf-error);
  }
  .record-row .bar.guess {
    opacity: 0.4;
  }
  .bar.stalled {
    fill: var(--bgf-surface);
    opacity: 0.6;
  }
  .bar.paused {
    fill: var(--bgf-surface);
    stroke: var(--bgf-subtle);
    stroke-dasharray: 1.5 2;
  }
  .fault {
    fill: var(--bgf-warning);
    stroke: var(--bgf-on-warning);
    stroke-width: 1.2;
  }
  .hatch-ground {
    fill: color-mix(in srgb, var(--bgf-error) 12%, transparent);
  }
  .grid .hatch-line {
    stroke: color-mix(in srgb, var(--bgf-error) 55%, transparent);
    stroke-width: 2;
  }
  .outage {
    fill: url(#hatch);
    stroke: var(--bgf-error);
    stroke-dasharray: 3 3;
  }
  .grid .change line {
    stroke: var(--bgf-warning);
    stroke-dasharray: 5 3;
    stroke-width: 1.5;
  }
  .cut {
    stroke: var(--bgf-error);
    stroke-width: 2;
  }
  .gap {
    stroke: var(--bgf-outline);
  }
  .bytes .area {
    fill: var(--bgf-on-bar);
    opacity: 0.18;
  }
  .bytes .line {
    fill: none;
    stroke: var(--bgf-on-bar);
    stroke-width: 1.25;
    opacity: 0.9;
  }
  .end {
    paint-order: stroke;
  }
  .end.mark-succeeded,
  .end.mark-failed,
  .end.mark-aborted {
    stroke: var(--bgf-surface);
    stroke-width: 2;
  }
  .label,
  .grid .change text {
    fill: var(--bgf-subtle);
    font-size: 11px;
    paint-order: stroke;
    stroke: var(--bgf-surface);
    stroke-width: 3px;
    stroke-linejoin: round;
  }
  .row[aria-selected='true'] .label {
    stroke: none;
  }
  .label.inside {
    fill: var(--bgf-on-bar);
    stroke: none;
  }
  .call.start {
    fill: var(--bgf-subtle);
    stroke: var(--bgf-surface);
    paint-order: stroke;
  }
  .call.abort {
    stroke: var(--bgf-neutral);
    stroke-width: 2;
  }
  .call.update {
    fill: var(--bgf-event);
  }
  .call.tick {
    stroke: var(--bgf-outline);
  }
  .join,
  .read {
    fill: none;
    stroke: var(--bgf-event);
  }
  .read {
    stroke-dasharray: 2 2;
  }
  .read-end {
    fill: var(--bgf-surface);
    stroke: var(--bgf-event);
    stroke-width: 1.5;
  }

  @media (forced-colors: active) {
    .bar.queued,
    .bar.waiting {
      fill: Canvas;
      stroke: CanvasText;
      stroke-dasharray: 2 2;
    }
    .bar.sending {
      fill: Canvas;
      stroke: CanvasText;
      stroke-width: 2;
    }
    .bar.failed {
      fill: Canvas;
      stroke: CanvasText;
      stroke-dasharray: 6 2;
    }
  }
`;
