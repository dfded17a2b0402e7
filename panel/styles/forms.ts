import {css} from 'lit';

/** Labels above their controls, two in a row where there is room. */
export const forms = css`
  .fields {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
    gap: 6px 10px;
  }

  .field {
    display: flex;
    flex-direction: column;
    gap: 2px;
    min-inline-size: 0;
  }

  .field.whole {
    grid-column: 1 / -1;
  }

  .field > span:first-child {
    color: var(--bgf-subtle);
  }

  .field input,
  .field select,
  .field textarea {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: 22px;
    padding: 1px 6px;
    border: 1px solid
      color-mix(in srgb, var(--bgf-outline) 60%, var(--bgf-surface));
    border-radius: 4px;
    background: var(--bgf-surface);
  }

  .field input,
  .field textarea {
    font: 11px / 16px var(--bgf-mono);
  }

  .field ::placeholder {
    color: var(--bgf-subtle);
    opacity: 0.8;
  }

  .field option {
    background: var(--bgf-surface);
    color: var(--bgf-text);
  }

  .field [aria-invalid='true'] {
    border-color: var(--bgf-error);
  }

  .problem {
    color: var(--bgf-error-text);
    overflow-wrap: anywhere;
  }

  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block: 8px;
  }
`;
