import {css} from 'lit';

/** Buttons, links and tabs: flat, as DevTools has them. */
export const controls = css`
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }

  button {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-inline-size: 24px;
    block-size: 24px;
    padding: 0 4px;
    border: 0;
    border-radius: 4px;
    background: none;
    white-space: nowrap;
    cursor: default;
  }

  button.icon-only {
    inline-size: 24px;
    justify-content: center;
  }

  button:hover:not(:disabled) {
    background: color-mix(in srgb, var(--bgf-text) 8%, transparent);
  }

  button:disabled {
    opacity: 0.5;
  }

  button.action {
    padding: 0 12px;
    border: 1px solid var(--bgf-outline);
    border-radius: 12px;
    color: var(--bgf-accent);
    font-weight: 500;
  }

  button.primary {
    border-color: transparent;
    background: var(--bgf-accent);
    color: var(--bgf-surface);
  }

  button.primary:hover:not(:disabled) {
    background: var(--bgf-accent);
    filter: brightness(1.1);
  }

  button.link {
    min-inline-size: 0;
    block-size: auto;
    padding: 0;
    color: var(--bgf-accent);
    text-decoration: underline;
    border-radius: 2px;
  }

  .tab {
    position: relative;
    block-size: 26px;
    padding: 0 10px;
    border-radius: 0;
    color: var(--bgf-subtle);
  }

  .tab[aria-selected='true'] {
    color: var(--bgf-accent);
    box-shadow: inset 0 -2px var(--bgf-accent);
  }

  label.check {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    white-space: nowrap;
  }

  input[type='checkbox'],
  input[type='radio'] {
    margin: 0;
    accent-color: var(--bgf-accent-bright);
  }

  kbd {
    padding: 0 4px;
    border: 1px solid var(--bgf-divider);
    border-radius: 3px;
    font: 11px var(--bgf-mono);
  }

  @media (forced-colors: active) {
    button.primary {
      forced-color-adjust: none;
      background: ButtonText;
      color: ButtonFace;
    }
    button[aria-pressed='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
    button[aria-pressed='true'],
    .tab[aria-selected='true'] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
