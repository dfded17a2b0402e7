import {css} from 'lit';

export const styles = css`
  :host {
    container-type: inline-size;
  }

  section {
    display: flex;
    flex-direction: column;
    block-size: 100%;
  }

  header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 4px;
    block-size: 28px;
    padding-inline: 12px 4px;
    border-block-end: 1px solid var(--bgf-divider);
    background: var(--bgf-header);
  }

  h2 {
    flex: 1;
    margin: 0;
    font-size: 12px;
    font-weight: 600;
  }

  .body {
    flex: 1;
    min-block-size: 0;
    padding: 8px 12px 16px;
    overflow: auto;
  }

  .body:focus-visible {
    outline: none;
  }

  .problem.import {
    flex: none;
    margin: 0;
    padding: 6px 12px;
    background: var(--bgf-error-surface);
  }

  .native {
    margin: -8px -12px 4px;
    padding: 6px 12px 0;
    border-block-end: 1px solid var(--bgf-divider);
    background: var(--bgf-warning-surface);
    overflow-wrap: anywhere;
  }

  .native p {
    margin: 0 0 4px;
  }

  .none {
    margin: 4px 0;
    color: var(--bgf-subtle);
  }

  .rules {
    margin: 0 -12px;
    padding: 0;
    list-style: none;
  }

  li {
    display: flex;
    align-items: flex-start;
    gap: 8px;
    padding: 5px 4px 5px 12px;
    border-block-end: 1px solid var(--bgf-grid);
  }

  /* Of very many, those out of sight cost no layout; of fewer the height is
     known at once, and what comes below them is where it was scrolled to. */
  .rules li:nth-last-child(n + 100),
  .rules li:nth-last-child(n + 100) ~ li {
    content-visibility: auto;
    contain-intrinsic-block-size: auto 46px;
  }

  li input {
    flex: none;
    margin-block-start: 2px;
  }

  li.off .name {
    text-decoration: line-through;
  }

  .words {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }

  .name {
    font-weight: 500;
  }

  .counts {
    color: var(--bgf-subtle);
    font-size: 11px;
  }

  .tools {
    display: flex;
    flex: none;
  }

  .tools button {
    min-inline-size: 22px;
    inline-size: 22px;
    padding: 0;
  }

  /* Below the words, which else would have half a line. */
  @container (inline-size < 330px) {
    li {
      flex-wrap: wrap;
      row-gap: 0;
    }

    .tools {
      flex-basis: 100%;
      justify-content: end;
    }
  }

  .tools [aria-disabled='true'] {
    opacity: 0.35;
  }
`;
