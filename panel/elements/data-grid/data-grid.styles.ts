import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    min-block-size: 0;
  }

  .scroller {
    block-size: 100%;
    overflow: hidden auto;
    overflow-anchor: none;
    contain: strict;
  }

  .head {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    background: var(--bgf-header);
    border-block-end: 1px solid var(--bgf-divider);
    color: var(--bgf-subtle);
    font-size: 11px;
  }

  .cells {
    display: grid;
    block-size: 20px;
    align-items: center;
  }

  .head .cells {
    block-size: 21px;
  }

  .cells > div {
    padding-inline: 6px;
    border-inline-end: 1px solid var(--bgf-grid);
    line-height: 20px;
  }

  .cells > div:last-child {
    border: 0;
  }

  .end {
    text-align: end;
  }

  bdi {
    unicode-bidi: isolate;
  }

  .rows {
    position: relative;
  }

  .row {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    cursor: default;
  }

  .row:hover {
    background: color-mix(in srgb, var(--bgf-accent) 6%, transparent);
  }

  .row[aria-selected='true'] {
    background: var(--bgf-selected);
  }

  .scroller:focus-visible {
    outline: none;
  }

  .scroller:focus-visible .row.active {
    outline: 2px solid var(--bgf-accent-bright);
    outline-offset: -2px;
  }

  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
