import {css} from 'lit';

export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-block-size: 0;
    container-type: inline-size;
  }

  .bar {
    display: flex;
    flex: none;
    align-items: center;
    block-size: 27px;
    padding-inline: 6px;
    background: var(--bgf-toolbar);
    border-block-end: 1px solid var(--bgf-divider);
    overflow: hidden;
  }

  .crumbs,
  [role='tablist'] {
    display: flex;
    flex: 1;
    min-inline-size: 0;
    overflow: auto hidden;
    scrollbar-width: none;
  }

  [role='tab'] {
    flex: none;
  }

  /* As many of them as can be in view. */
  @container (inline-size < 400px) {
    .tab {
      padding-inline: 7px;
    }
  }

  @container (inline-size < 300px) {
    .tab .count {
      display: none;
    }
  }

  .crumbs {
    gap: 6px;
    padding-inline-start: 6px;
  }

  .crumbs span {
    flex: none;
  }

  .count {
    color: var(--bgf-subtle);
  }

  .body {
    flex: 1;
    min-block-size: 0;
    overflow: auto;
  }

  .body.grid {
    overflow: hidden;
  }

  bgf-data-grid,
  bgf-byte-chart {
    block-size: 100%;
  }

  .beside bgf-byte-chart {
    block-size: 130px;
    margin-block-start: 8px;
  }

  .summary {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px 24px;
    padding: 10px 12px 16px;
  }

  @container (inline-size > 860px) {
    .summary {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    }
  }

  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-block: 2px 8px;
  }

  .actions .action {
    block-size: 22px;
  }

  .reasons {
    margin: -4px 0 8px;
  }

  h2 {
    display: flex;
    gap: 6px;
    align-items: center;
    margin: 0 0 8px;
    font-size: 13px;
    line-height: 18px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  h3 {
    margin: 10px 0 4px;
    font-size: 12px;
    font-weight: 600;
  }

  aside h3 {
    margin: 0;
  }

  dl {
    display: grid;
    grid-template-columns: fit-content(34%) minmax(0, 1fr);
    gap: 2px 16px;
    margin: 0;
  }

  @container (inline-size < 300px) {
    dl {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
    }

    dd + dt {
      margin-block-start: 4px;
    }
  }

  dt {
    min-inline-size: 88px;
    color: var(--bgf-subtle);
    overflow-wrap: anywhere;
  }

  dd {
    margin: 0;
    overflow-wrap: anywhere;
    user-select: text;
  }

  .finding {
    align-self: start;
    padding: 6px 10px;
    border-inline-start: 3px solid var(--bgf-warning);
    background: var(--bgf-warning-surface);
  }

  .finding.bad {
    border-color: var(--bgf-error);
    background: var(--bgf-error-surface);
  }

  .finding p {
    margin: 2px 0 0;
  }

  pre {
    margin: 0;
    padding: 6px 8px;
    overflow: auto;
    border: 1px solid var(--bgf-divider);
    border-radius: 4px;
    background: var(--bgf-header);
    font: 11px / 15px var(--bgf-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    user-select: text;
  }

  .none {
    padding: 16px 12px;
    margin: 0;
    color: var(--bgf-subtle);
  }
`;
