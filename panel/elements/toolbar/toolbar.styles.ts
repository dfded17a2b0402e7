import {css} from 'lit';

export const styles = css`
  :host {
    container: toolbar / inline-size;
    flex: none;
    background: var(--bgf-toolbar);
    border-block-end: 1px solid var(--bgf-divider);
  }

  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    block-size: 28px;
    padding-inline: 4px;
    white-space: nowrap;
  }

  .line {
    inline-size: 1px;
    block-size: 16px;
    margin-inline: 3px;
    background: var(--bgf-divider);
  }

  .record circle {
    stroke: var(--bgf-subtle);
  }
  .record .dot {
    fill: var(--bgf-error);
    stroke: none;
  }
  .record .idle-dot {
    fill: var(--bgf-subtle);
    stroke: none;
  }
  [aria-pressed='true'] .record circle:first-child {
    stroke: var(--bgf-error);
  }

  bgf-filter-field {
    flex: 1;
    min-inline-size: 90px;
    max-inline-size: 340px;
  }

  .chips {
    display: flex;
    gap: 2px;
  }

  .chips button,
  .views button {
    block-size: 20px;
    padding: 0 8px;
    border-radius: 10px;
  }

  .chips button[aria-pressed='true'],
  .views button[aria-pressed='true'] {
    background: var(--bgf-selected);
    color: var(--bgf-on-selected);
  }

  .space {
    flex: 1;
  }

  .route-choice,
  .choice {
    position: relative;
    display: inline-flex;
    align-items: center;
    gap: 3px;
  }

  select {
    block-size: 22px;
    padding: 0 20px 0 7px;
    border: 1px solid
      color-mix(in srgb, var(--bgf-outline) 45%, var(--bgf-surface));
    border-radius: 4px;
    background: var(--bgf-surface);
    appearance: none;
    cursor: default;
  }

  select:hover {
    border-color: var(--bgf-outline);
  }

  option {
    background: var(--bgf-surface);
    color: var(--bgf-text);
  }

  .route-choice .triangle,
  .choice .triangle {
    position: absolute;
    inset-inline-end: 7px;
    inline-size: 8px;
    block-size: 8px;
    fill: var(--bgf-subtle);
    pointer-events: none;
  }

  .sign,
  .sign svg {
    display: block;
  }

  .warning {
    fill: var(--bgf-warning);
    stroke: var(--bgf-warning);
  }

  .warning-sign {
    stroke: var(--bgf-on-warning);
  }

  .network select {
    max-inline-size: 130px;
    text-overflow: ellipsis;
  }

  /* DevTools' own switch: a track, and a knob at one of its ends. */
  .switch {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    margin-inline: 4px;
  }

  .switch input {
    position: relative;
    inline-size: 24px;
    block-size: 14px;
    margin: 0;
    border: 1px solid var(--bgf-outline);
    border-radius: 7px;
    background: color-mix(in srgb, var(--bgf-outline) 35%, transparent);
    appearance: none;
  }

  .switch input::before {
    position: absolute;
    inset: 1px auto 1px 1px;
    inline-size: 10px;
    border-radius: 5px;
    background: var(--bgf-surface);
    box-shadow: 0 0 1px var(--bgf-outline);
    content: '';
  }

  .switch input:checked {
    border-color: var(--bgf-error);
    background: var(--bgf-error);
  }

  .switch input:checked::before {
    inset-inline: auto 1px;
  }

  button.simulated {
    display: none;
  }

  .views {
    display: flex;
    gap: 2px;
  }

  [popover] {
    inset: 29px 4px auto auto;
    max-inline-size: min(420px, calc(100vw - 8px));
    max-block-size: calc(100vh - 40px);
    padding: 8px 12px;
  }

  [popover] h3 {
    margin: 8px 0 4px;
    font-size: 12px;
    font-weight: 600;
  }

  [popover] h3:first-child {
    margin-block-start: 0;
  }

  [popover] label,
  [popover] .menu-row {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
  }

  [popover] p {
    margin: 2px 0 6px;
    white-space: normal;
    color: var(--bgf-subtle);
  }

  [popover] .chips {
    flex-wrap: wrap;
  }

  table {
    border-collapse: collapse;
  }

  th {
    padding: 1px 14px 1px 0;
    font-weight: 400;
    text-align: start;
    white-space: nowrap;
  }

  td {
    padding: 1px 0;
    white-space: normal;
    color: var(--bgf-subtle);
  }

  .only-menu,
  [popover] .only-menu {
    display: none;
  }

  @container toolbar (inline-size < 1400px) {
    .bar > .preserve,
    .bar > .line.after-preserve {
      display: none;
    }
    [popover] .only-menu.preserve {
      display: flex;
    }
  }

  @container toolbar (inline-size < 1290px) {
    .bar > .chips,
    .bar > .line.after-filter {
      display: none;
    }
    [popover] .only-menu.outcomes {
      display: block;
    }
    bgf-filter-field {
      max-inline-size: none;
    }
    .bar > .space {
      display: none;
    }
  }

  /* Then its sign alone stays, and opens the menu in which the choice is. */
  @container toolbar (inline-size < 770px) {
    .bar > .route-choice,
    .bar > .line.after-route {
      display: none;
    }
    [popover] .only-menu.route {
      display: block;
    }
    button.simulated {
      display: inline-flex;
    }
  }

  @container toolbar (inline-size < 700px) {
    .bar .switch-label {
      position: absolute;
      inline-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }

  @container toolbar (inline-size < 600px) {
    .bar > .views,
    .bar > .line.after-conditions {
      display: none;
    }
    [popover] .only-menu.views-row {
      display: block;
    }
  }

  @container toolbar (inline-size < 480px) {
    .bar > .help,
    .bar > .line {
      display: none;
    }
    .bar > bgf-filter-field {
      min-inline-size: 60px;
    }
    .network select {
      max-inline-size: 96px;
    }
    .network .sign {
      display: none;
    }
  }

  @container toolbar (inline-size < 350px) {
    .bar {
      gap: 2px;
    }
    .bar > bgf-filter-field {
      min-inline-size: 50px;
    }
    .bar > .rules {
      display: none;
    }
    .network select {
      max-inline-size: 64px;
    }
  }

  @media (forced-colors: active) {
    .record .dot {
      fill: CanvasText;
    }
  }
`;
