import {html, nothing, type TemplateResult} from 'lit';
import {nativeSupportOf} from '../../../inspector-core/conditions/native-support.js';
import type {
  Rule,
  RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import {CommandEvent} from '../../events/command-event.js';
import {strings} from '../../strings.js';

/** What comes of a rule where the browser itself carries all fetches out. */
export function nativeNote(
  rule: Rule,
  route: RouteSetting,
): TemplateResult | typeof nothing {
  if (route !== 'native') return nothing;
  const {isSupported, sentence} = nativeSupportOf(rule);
  return html`<p class="past">
    ${strings.onNative} ${sentence}
    ${
      isSupported
        ? nothing
        : html`<button
            type="button"
            class="link"
            @click=${({currentTarget}: Event) =>
              currentTarget?.dispatchEvent(
                new CommandEvent({type: 'set-route', route: 'emulated'}),
              )}
          >
            ${strings.useEmulated}
          </button>`
    }
  </p>`;
}
