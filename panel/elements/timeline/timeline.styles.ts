import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-block-size: 0;
  }

  .frame {
    display: contents;
  }

  bgf-splitter {
    position: absolute;
    inset-block: 0;
    inset-inline-start: calc(var(--tree) - 1px);
  }

  .strip {
    display: flex;
    flex: none;
    border-block-end: 1px solid var(--bgf-divider);
    background: var(--bgf-header);
  }

  .strip .tools {
    display: flex;
    align-items: center;
    gap: 2px;
    inline-size: var(--tree);
    flex: none;
    padding-inline: 6px;
    border-inline-end: 1px solid var(--bgf-divider);
  }

  .strip .peak {
    flex: 1;
    color: var(--bgf-subtle);
    font-size: 11px;
  }

  .strip button {
    block-size: 22px;
  }

  button[aria-pressed='true'] {
    color: var(--bgf-accent);
    background: color-mix(in srgb, var(--bgf-accent) 14%, transparent);
  }

  bgf-overview {
    flex: 1;
    min-inline-size: 0;
    block-size: 44px;
  }

  .scroller {
    position: relative;
    flex: 1;
    min-block-size: 0;
  }

  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 3;
    display: flex;
    block-size: 22px;
    background: var(--bgf-header);
    border-block-end: 1px solid var(--bgf-divider);
    font-size: 11px;
    line-height: 21px;
    color: var(--bgf-subtle);
  }

  .head-row {
    display: contents;
  }

  .axis {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
    cursor: ew-resize;
    touch-action: none;
  }

  .axis svg {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
  }

  .axis text {
    fill: var(--bgf-subtle);
    font-size: 11px;
  }

  .axis line,
  .grid line {
    stroke: var(--bgf-grid);
  }

  .rows {
    min-block-size: calc(100% - 22px);
  }

  .grid,
  .joins {
    position: absolute;
    inset-block: 0;
    inset-inline: var(--tree) 0;
    inline-size: calc(100% - var(--tree));
    block-size: 100%;
    pointer-events: none;
    overflow: hidden;
  }

  .joins {
    z-index: 2;
  }

  .axis .now,
  .grid .now {
    stroke: var(--bgf-error);
  }

  .row {
    display: flex;
    box-shadow: inset 0 -1px var(--bgf-grid);
  }

  .row[aria-selected='true'] {
    background: color-mix(in srgb, var(--bgf-selected) 55%, transparent);
  }

  .row[aria-selected='true'] .cells {
    background: var(--bgf-selected);
  }

  .row[aria-selected='true'] .wait,
  .row[aria-selected='true'] .name.child {
    color: var(--bgf-text);
  }

  .lane {
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
  }

  .lane svg {
    display: block;
    overflow: hidden;
  }

  .pill {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-end: 20px;
    z-index: 4;
    display: flex;
    gap: 8px;
    align-items: center;
    padding: 3px 10px;
    border: 1px solid var(--bgf-outline);
    border-radius: 14px;
    background: var(--bgf-surface);
    white-space: nowrap;
  }

  /* Docked at the right: one column, the lane under its name. */
  :host([size='narrow']) .strip {
    flex-direction: column;
  }
  :host([size='narrow']) .strip .tools {
    inline-size: auto;
    block-size: 26px;
    border: 0;
  }
  :host([size='narrow']) bgf-overview {
    flex: none;
    block-size: 28px;
  }
  :host([size='narrow']) .head .cells {
    display: none;
  }
  :host([size='narrow']) .row {
    flex-direction: column;
  }
  :host([size='narrow']) .lane {
    flex: none;
  }

  /* A lane's marks are drawn for the page's own background: it keeps that. */
  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      background: Canvas;
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .row[aria-selected='true'] .cells {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
      --bgf-text: HighlightText;
      --bgf-subtle: HighlightText;
      --bgf-success: HighlightText;
      --bgf-error: HighlightText;
      --bgf-error-text: HighlightText;
      --bgf-neutral: HighlightText;
      --bgf-event: HighlightText;
      --bgf-accent-bright: HighlightText;
    }
    .scroller:focus-visible .row.active {
      outline: 2px dashed CanvasText;
    }
  }
`;
