import {html, nothing, type TemplateResult} from 'lit';
import type {
  FetchState,
  RecordState,
} from '../../inspector-core/projections/fetch-state.js';
import {failThis} from '../conditions/fail-this.js';
import {userActions, type Action} from '../conditions/fetch-actions.js';
import {CommandEvent} from '../events/command-event.js';
import {DrawerEvent} from '../events/drawer-event.js';
import {MenuEvent} from '../events/menu-event.js';
import {strings} from '../strings.js';
import {moreIcon} from './icons.js';

/** Tells at the button itself, so that any element above it may listen. */
const tell =
  (make: (button: Element) => Event) =>
  ({currentTarget}: Event): void => {
    if (currentTarget instanceof Element) {
      currentTarget.dispatchEvent(make(currentTarget));
    }
  };

const actionButton = ({name, label, command, whyNot}: Action): TemplateResult =>
  html`<button
    class="action"
    data-action=${name}
    title=${whyNot ?? nothing}
    ?disabled=${whyNot !== undefined}
    @click=${tell(() => new CommandEvent(command))}
  >
    ${label}
  </button>`;

/** What is done to a fetch most often; what cannot be done now says why. */
export function actionRow(
  fetch: FetchState,
  record?: RecordState,
): TemplateResult {
  const actions = userActions(fetch);
  const reasons = new Set(actions.flatMap(({whyNot}) => whyNot ?? []));
  return html`<div class="actions">
      ${actions.map(actionButton)}
      <button
        class="action"
        data-action="fail-this"
        @click=${tell(
          () =>
            new DrawerEvent({at: 'new-rule', rule: failThis(fetch, record)}),
        )}
      >
        ${strings.failThis}
      </button>
      <button
        class="icon-only"
        data-action="more"
        title=${strings.moreActions}
        aria-label=${strings.moreActions}
        @click=${tell((button) => {
          const {left, bottom} = button.getBoundingClientRect();
          const place = {fetch: fetch.key, x: left, y: bottom};
          return new MenuEvent(
            record === undefined ? place : {...place, record: record.index},
          );
        })}
      >
        ${moreIcon}
      </button>
    </div>
    ${
      reasons.size === 0
        ? nothing
        : html`<p class="subtle reasons">${[...reasons].join(' ')}</p>`
    }`;
}
