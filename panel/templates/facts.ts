import {html, nothing, type TemplateResult} from 'lit';

/** A list of names and what is known of them; the unknown is left out. */
export const factList = (
  facts: readonly (readonly [
    name: string,
    value: string | TemplateResult | undefined,
  ])[],
): TemplateResult =>
  html`<dl>
    ${facts.map(([name, value]) =>
      value === undefined || value === ''
        ? nothing
        : html`<dt>${name}</dt>
            <dd>
              ${typeof value === 'string' ? html`<bdi>${value}</bdi>` : value}
            </dd>`,
    )}
  </dl>`;
