import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    min-block-size: 0;
  }

  .scroller {
    block-size: 100%;
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
    /* On this side whichever way its text runs. */
    border-right: 1px solid var(--bgf-grid);
    line-height: 20px;
    text-align: match-parent;
  }

  .cells > div:last-child {
    border: 0;
  }

  .cells > .end {
    text-align: end;
  }

  .row[aria-selected='true'] {
    background: var(--bgf-selected);
  }

  @media (forced-colors: active) {
    .row[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
