import {css} from 'lit';

/** What opens above the panel, and floats there. */
export const popover = css`
  [popover] {
    position: fixed;
    inline-size: max-content;
    margin: 0;
    overflow: auto;
    border: 1px solid var(--bgf-outline);
    border-radius: 6px;
    background: var(--bgf-surface);
    color: var(--bgf-text);
    box-shadow: 0 3px 10px var(--bgf-shadow);
  }
`;
