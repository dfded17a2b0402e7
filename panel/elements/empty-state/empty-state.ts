import {css, html, LitElement, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {InspectorCommand} from '../../../inspector-core/protocol/protocol.js';
import {CommandEvent} from '../../events/command-event.js';
import {visibleText} from '../../format/format.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import type {Situation} from './situation.js';
import {situationTexts} from './situation-texts.js';

const START: InspectorCommand = {type: 'start-recording'};

/**
 * @summary Nothing to show, and what to do about it.
 * @event bgf-command - The user does it.
 */
@customElement('bgf-empty-state')
export class EmptyState extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    css`
      :host {
        overflow: auto;
        container-type: inline-size;
      }
      div {
        inline-size: min(560px, 100%);
        margin: max(16px, 6vh) auto 16px;
        padding-inline: 20px;
      }
      h2 {
        margin: 0 0 6px;
        font-size: 16px;
        line-height: 22px;
        font-weight: 500;
      }
      p,
      ol {
        margin: 0 0 10px;
        color: var(--bgf-subtle);
      }
      ol {
        padding-inline-start: 20px;
      }
      li {
        padding-block: 2px;
      }
      pre {
        margin: 4px 0 10px;
        padding: 8px 10px;
        border: 1px solid var(--bgf-divider);
        border-radius: 4px;
        background: var(--bgf-header);
        overflow: auto;
        font: 11px / 16px var(--bgf-mono);
        color: var(--bgf-text);
      }
      .words {
        padding-inline-start: 8px;
        border-inline-start: 3px solid var(--bgf-divider);
      }
    `,
  ];

  @property() situation: Situation = 'empty';
  /** The browser's own words, where there are any. */
  @property() message = '';

  override render() {
    const {title, text, steps, sample, action} = situationTexts[this.situation];
    return html`<div role="status">
      <h2>${title}</h2>
      <p>${text}</p>
      ${
        this.message === ''
          ? nothing
          : html`<p class="words">
              <bdi>${visibleText(this.message, 400)}</bdi>
            </p>`
      }
      ${
        steps === undefined
          ? nothing
          : html`<ol>
              ${steps.map((step) => html`<li>${step}</li>`)}
            </ol>`
      }
      ${
        sample === undefined
          ? nothing
          : html`<pre tabindex="0" aria-label="Example">${sample}</pre>`
      }
      ${
        action === undefined
          ? nothing
          : html`<button
              class="action primary"
              @click=${() => this.dispatchEvent(new CommandEvent(START))}
            >
              ${action}
            </button>`
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-empty-state': EmptyState;
  }
}
