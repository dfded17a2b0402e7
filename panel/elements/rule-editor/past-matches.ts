import {html, nothing, type TemplateResult} from 'lit';
import type {PastMatch} from '../../conditions/preview.js';
import {SelectEvent} from '../../events/select-event.js';
import {formatPlural, formatUrlName, visibleText} from '../../format/format.js';

/** As many as anybody reads. */
const SHOWN = 30;

const target = ({fetch, record}: PastMatch): SelectEvent =>
  new SelectEvent(
    record === undefined
      ? {kind: 'fetch', fetch}
      : {kind: 'record', fetch, record},
  );

const text = ({id, record, url, attempt}: PastMatch): string =>
  record === undefined
    ? `call ${attempt} of fetch("${visibleText(id, 60)}")`
    : `${formatUrlName(url)} in ${visibleText(id, 60)}, attempt ${attempt}`;

/** Which requests of the log a rule would have acted on. */
export function pastMatches(matches: readonly PastMatch[]): TemplateResult {
  if (matches.length === 0) {
    return html`<p class="past">It fits nothing in the log so far.</p>`;
  }
  return html`<p class="past">
      In the log it fits ${formatPlural(matches.length, 'request')}:
    </p>
    <ul>
      ${matches.slice(0, SHOWN).map(
        (match) =>
          html`<li>
            <button
              type="button"
              class="link"
              @click=${({currentTarget}: Event) =>
                currentTarget?.dispatchEvent(target(match))}
            >
              <bdi>${text(match)}</bdi>
            </button>
          </li>`,
      )}
      ${matches.length > SHOWN ? html`<li>…</li>` : nothing}
    </ul>`;
}
