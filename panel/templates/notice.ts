import {html, nothing, type TemplateResult} from 'lit';
import {strings} from '../strings.js';

export interface Notice {
  readonly kind: 'warning' | 'error';
  readonly text: string;
  readonly action?: {readonly label: string; readonly run: () => void};
  readonly dismiss?: () => void;
}

/** A bar below the toolbar: what is the matter, and the button that helps. */
export const noticeBar = ({
  kind,
  text,
  action,
  dismiss,
}: Notice): TemplateResult =>
  html`<div
    class="notice ${kind}"
    role=${kind === 'error' ? 'alert' : 'status'}
  >
    <span aria-hidden="true">⚠</span>
    <bdi class="text">${text}</bdi>
    ${
      action === undefined
        ? nothing
        : html`<button class="link" @click=${action.run}>
            ${action.label}
          </button>`
    }
    ${
      dismiss === undefined
        ? nothing
        : html`<button class="link" @click=${dismiss}>
            ${strings.dismiss}
          </button>`
    }
  </div>`;
