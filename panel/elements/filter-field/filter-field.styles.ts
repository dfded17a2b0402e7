import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    background: none;
  }
  .box {
    display: flex;
    align-items: center;
    block-size: 20px;
    border: 1px solid var(--bgf-divider);
    border-radius: 4px;
    background: var(--bgf-surface);
    padding-inline-start: 3px;
  }
  .box:focus-within {
    border-color: var(--bgf-accent-bright);
    box-shadow: 0 0 0 1px var(--bgf-accent-bright);
  }
  .box.wrong {
    border-color: var(--bgf-error);
  }
  .box svg.icon {
    inline-size: 14px;
    color: var(--bgf-subtle);
  }
  .field {
    position: relative;
    flex: 1;
    min-inline-size: 0;
    overflow: hidden;
  }
  input,
  .colours {
    inline-size: 100%;
    margin: 0;
    padding: 0 4px;
    border: 0;
    font: 12px / 18px var(--bgf-font);
    letter-spacing: 0;
    white-space: pre;
  }
  input {
    display: block;
    position: relative;
    background: none;
    color: transparent;
    caret-color: var(--bgf-text);
  }
  /* The box around it has the ring. */
  input:focus-visible {
    outline: none;
  }
  input::placeholder {
    color: var(--bgf-subtle);
  }
  .colours {
    position: absolute;
    inset: 0;
    overflow: hidden;
    pointer-events: none;
    color: var(--bgf-text);
    white-space: nowrap;
  }
  .colours span {
    white-space: pre;
  }
  .key {
    color: var(--bgf-key);
  }
  .value {
    color: var(--bgf-value);
  }
  .regex {
    color: var(--bgf-pattern);
  }
  .invalid {
    color: var(--bgf-error-text);
    text-decoration: wavy underline;
  }
  button.clear {
    min-inline-size: 18px;
    block-size: 18px;
    padding: 0 2px;
  }
  .problem,
  ul {
    position: absolute;
    inset: 23px auto auto 0;
    z-index: 10;
    min-inline-size: 100%;
    margin: 0;
    border: 1px solid var(--bgf-outline);
    border-radius: 4px;
    background: var(--bgf-surface);
    box-shadow: 0 2px 6px var(--bgf-shadow);
  }
  .problem {
    inline-size: max-content;
    max-inline-size: min(440px, 100cqi - 76px);
    padding: 4px 8px;
    white-space: normal;
    background: var(--bgf-error-surface);
    color: var(--bgf-text);
  }
  ul {
    padding: 3px 0;
    list-style: none;
    max-block-size: 220px;
    overflow: auto;
  }
  li {
    padding: 1px 10px;
    white-space: nowrap;
  }
  li[aria-selected='true'] {
    background: var(--bgf-selected);
  }
  @media (forced-colors: active) {
    input {
      color: CanvasText;
    }
    .colours {
      display: none;
    }
  }
`;
