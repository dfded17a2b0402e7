import {css} from 'lit';

/** What every element of the panel shares. */
export const base = css`
  :host {
    box-sizing: border-box;
    display: block;
    background: var(--bgf-surface);
    color: var(--bgf-text);
    font: 12px / 16px var(--bgf-font);
    font-variant-numeric: tabular-nums;
  }

  :host([hidden]) {
    display: none;
  }

  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }

  :focus-visible {
    outline: 2px solid var(--bgf-accent-bright);
    outline-offset: -2px;
  }

  .mono {
    font-family: var(--bgf-mono);
    font-size: 11px;
  }

  .clip {
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }

  .error {
    color: var(--bgf-error-text);
  }

  .subtle {
    color: var(--bgf-subtle);
  }

  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  svg.icon {
    inline-size: 16px;
    block-size: 16px;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.4;
    stroke-linecap: round;
    stroke-linejoin: round;
  }

  svg.mark {
    inline-size: 12px;
    block-size: 12px;
    flex: none;
    overflow: visible;
  }

  .mark-succeeded {
    fill: var(--bgf-success);
  }
  .mark-failed,
  .mark-rejected {
    fill: var(--bgf-error);
  }
  .mark-aborted {
    fill: var(--bgf-neutral);
  }
  .mark-active,
  .mark-requested {
    fill: none;
    stroke: var(--bgf-accent-bright);
    stroke-width: 2;
  }
  .mark-rejected {
    fill: none;
    stroke: var(--bgf-error);
    stroke-width: 2;
    stroke-linecap: round;
  }
  .mark-event {
    fill: var(--bgf-event);
  }
`;
