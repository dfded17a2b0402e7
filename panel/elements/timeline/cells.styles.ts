import {css} from 'lit';

/** The cells of the tree: name, state and bytes, in as much room as there is. */
export const cellStyles = css`
  .cells {
    display: flex;
    align-items: center;
    flex: none;
    inline-size: var(--tree);
    min-inline-size: 0;
    block-size: 100%;
    border-inline-end: 1px solid var(--bgf-divider);
  }

  .name {
    position: relative;
    display: flex;
    flex: 1;
    align-items: center;
    gap: 4px;
    min-inline-size: 0;
    padding-inline: 6px 4px;
  }

  .name.child {
    padding-inline-start: 30px;
    font-size: 11px;
    color: var(--bgf-subtle);
  }

  .name .id {
    font-weight: 600;
  }

  /* Of a text from right to left the beginning is shown, too. */
  .name .clip {
    text-align: match-parent;
  }

  button.more {
    margin-inline-start: auto;
    visibility: hidden;
    min-inline-size: 20px;
    inline-size: 20px;
    block-size: 20px;
    background: var(--bgf-surface);
  }

  .more:hover:not(:disabled) {
    background: color-mix(in srgb, var(--bgf-text) 8%, var(--bgf-surface));
  }

  .row[aria-selected='true'] .more:not(:hover) {
    background: var(--bgf-selected);
  }

  .row:hover .more,
  .row[aria-selected='true'] .more {
    visibility: visible;
  }

  .badge {
    flex: none;
    padding: 0 3px;
    border: 1px solid var(--bgf-outline);
    border-radius: 3px;
    font-size: 11px;
    line-height: 13px;
    color: var(--bgf-subtle);
  }

  .badge.native {
    border-color: var(--bgf-divider);
  }

  .state {
    display: flex;
    flex: none;
    align-items: center;
    gap: 5px;
    inline-size: 80px;
    padding-inline: 4px;
  }

  .bytes-cell {
    flex: none;
    inline-size: 116px;
    padding-inline: 2px 7px;
    text-align: end;
    white-space: nowrap;
  }

  .bytes-cell.wait {
    font-size: 11px;
    color: var(--bgf-subtle);
  }

  .twisty {
    flex: none;
    inline-size: 10px;
    block-size: 16px;
    display: inline-flex;
    align-items: center;
  }

  .triangle {
    inline-size: 10px;
    block-size: 10px;
    fill: var(--bgf-subtle);
  }

  /* Docked at the right: the lane is under its name. */
  :host([size='narrow']) .cells {
    inline-size: 100%;
    block-size: 22px;
    border: 0;
    background: var(--bgf-surface);
  }

  :host([size='narrow']) .row[aria-selected='true'] .cells {
    background: var(--bgf-selected);
  }

  :host([size='narrow']) .name.child,
  .little .name.child {
    padding-inline-start: 22px;
  }

  /* Above the name: nothing has to move for it. */
  :is(.little, .least) button.more {
    position: absolute;
    inset-inline-end: 2px;
  }

  /* An id tells more than what all rows say: of the route there is a letter. */
  :is(.little, .least) .badge {
    block-size: 15px;
    font-size: 0;
  }

  :is(.little, .least) .badge::first-letter {
    font-size: 11px;
    line-height: 13px;
    text-transform: uppercase;
  }

  /* The mark of a fetch tells its state by itself, and other rows have less. */
  .least .fetch-row .state {
    inline-size: 22px;
  }

  .least .fetch-row .state .clip {
    position: absolute;
    inline-size: 1px;
    clip-path: inset(50%);
  }

  .least :is(.record-row, .event-row) :is(.state, .bytes-cell) {
    inline-size: auto;
  }

  .least .fetch-row .name {
    gap: 3px;
    padding-inline: 4px 0;
  }

  .least .bytes-cell {
    inline-size: 114px;
    padding-inline-start: 0;
  }

  .least .bytes-cell.wait {
    display: none;
  }

  .least .event-row .state {
    padding-inline-end: 11px;
  }
`;
