import {css} from 'lit';

export const styles = css`
  fieldset {
    margin: 0 0 8px;
    padding: 0;
    border: 0;
  }

  legend {
    padding: 0;
    margin-block-end: 4px;
    font-weight: 600;
  }

  .sentence {
    margin: 10px 0 2px;
    font-weight: 600;
    overflow-wrap: anywhere;
  }

  .past {
    margin: 2px 0;
    color: var(--bgf-subtle);
  }

  ul {
    max-block-size: 130px;
    margin: 2px 0;
    padding-inline-start: 16px;
    overflow: auto;
  }
`;
