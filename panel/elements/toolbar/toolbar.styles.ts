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

  /* Not all is shown, and the chip that says so is in the menu. */
  .settings {
    position: relative;
  }

  .settings.chosen::after {
    position: absolute;
    inset: 2px 2px auto auto;
    display: none;
    inline-size: 7px;
    block-size: 7px;
    border: 1px solid var(--bgf-toolbar);
    border-radius: 50%;
    background: var(--bgf-accent-bright);
    content: '';
  }

  .views {
    display: flex;
    gap: 2px;
  }

  [popover] {
    inset: 29px 4px auto auto;
    max-inline-size: min(420px, calc(100vw - 8px));
    max-block-size: calc(100vh - 40px);
    padding: 2px 12px 8px;
  }

  [popover] h3 {
    margin: 8px 0 4px;
    font-size: 12px;
    font-weight: 600;
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

  @media (forced-colors: active) {
    .switch input::before {
      background: ButtonText;
    }
    .switch input:checked {
      background: Highlight;
    }
    .switch input:checked::before {
      background: HighlightText;
    }
    .record .dot {
      fill: CanvasText;
    }
  }
`;
