import {css} from 'lit';

/** Rows that scroll below a head: where pointer and keyboard are among them. */
export const rows = css`
  .scroller {
    overflow: hidden auto;
    overflow-anchor: none;
    contain: strict;
  }

  .scroller:focus-visible {
    outline: none;
  }

  .scroller:focus-visible .row.active {
    outline: 2px solid var(--bgf-accent-bright);
    outline-offset: -2px;
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
`;
