import {html, nothing, type TemplateResult} from 'lit';
import {
  actsOnRequests,
  nativeSupportOfAll,
} from '../../../inspector-core/conditions/native-support.js';
import type {
  ConditionsFile,
  InspectorCommand,
} from '../../../inspector-core/protocol/protocol.js';
import {CommandEvent} from '../../events/command-event.js';
import {visibleText} from '../../format/format.js';
import {strings} from '../../strings.js';

/** Names of the parts that are not rules, of which each tells by itself. */
const PARTS: Readonly<Record<string, string>> = {
  profile: 'The network',
  offline: 'Offline',
  schedule: 'The schedule',
  permission: 'The permission',
  quota: 'The room left',
};

/**
 * What has to be known of all that is set, where new fetches are the browser's
 * own; and what can be done about it.
 *
 * @param closed origins of the page that the extension has no access to
 */
export function renderNativeNotice(
  conditions: ConditionsFile,
  closed: readonly string[],
): TemplateResult | typeof nothing {
  const support = nativeSupportOfAll(conditions);
  if (support.length === 0) return nothing;
  const parts = support.flatMap(({where, sentence}) => {
    const name = PARTS[where];
    return name === undefined ? [] : [`${name}: ${sentence}`];
  });
  const hasRequests = actsOnRequests(conditions);
  const isClosed = hasRequests && closed.length > 0;
  return html`<aside class="native">
    <p>${strings.nativeUnderConditions}</p>
    ${parts.map((part) => html`<p>${part}</p>`)}
    ${hasRequests ? html`<p>${strings.nativeTabs}</p>` : nothing}
    ${
      isClosed
        ? html`<p class="problem">
            ${strings.nativeClosed}
            <bdi
              >${closed.map((origin) => visibleText(origin, 100)).join(', ')}</bdi
            >.
          </p>`
        : nothing
    }
    <div class="buttons">
      ${
        isClosed
          ? button('open', strings.nativeOpen, {
              type: 'request-wire-access',
              origins: closed,
            })
          : nothing
      }
      ${button('emulate', strings.useEmulated, {
        type: 'set-route',
        route: 'emulated',
      })}
    </div>
  </aside>`;
}

const button = (
  kind: string,
  label: string,
  command: InspectorCommand,
): TemplateResult =>
  html`<button
    class="action ${kind}"
    @click=${({currentTarget}: Event) =>
      currentTarget?.dispatchEvent(new CommandEvent(command))}
  >
    ${label}
  </button>`;
