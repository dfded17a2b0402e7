import {html, nothing, type TemplateResult} from 'lit';
import {CommandEvent} from '../../events/command-event.js';
import {visibleText} from '../../format/format.js';
import {strings} from '../../strings.js';

/** For which origins wire facts are read, and for which they could be. */
export function renderWire(
  offer: readonly string[],
  origins: readonly string[],
): TemplateResult {
  const read = origins.slice(0, 10).map((each) => visibleText(each));
  return html`
    ${read.length === 0 ? nothing : html`<p>Read for ${read.join(', ')}.</p>`}
    ${
      offer.length === 0
        ? read.length > 0
          ? nothing
          : html`<p>There is no origin to read them for yet.</p>`
        : html`<p>${strings.wireOffer}</p>
            <div class="menu-row">
              <button
                class="action"
                @click=${({currentTarget}: Event) =>
                  currentTarget?.dispatchEvent(
                    new CommandEvent({
                      type: 'request-wire-access',
                      origins: offer,
                    }),
                  )}
              >
                ${strings.wireButton}
              </button>
            </div>`
    }
  `;
}
