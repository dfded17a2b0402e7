import {html, nothing, type TemplateResult} from 'lit';
import {
  ROUTE_SETTINGS,
  type RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import {strings} from '../../strings.js';
import {triangleIcon, warningIcon} from '../../templates/icons.js';

/**
 * The choice of the route, as Network's throttling has it: the value names
 * itself, and a sign warns while it is not the usual one. It goes on showing
 * what holds until the session has said that something else does.
 */
export const renderRoute = (
  route: RouteSetting,
  choose: (wanted: RouteSetting) => void,
): TemplateResult =>
  html`<span class="route-choice">
    ${
      route === 'auto'
        ? nothing
        : html`<span class="sign" title=${strings.routes[route]}
            >${warningIcon}</span
          >`
    }
    <select
      aria-label=${strings.route}
      title="${strings.route}. ${strings.routes[route]}"
      .value=${route}
      @change=${(event: Event) => {
        const select = event.currentTarget;
        if (!(select instanceof HTMLSelectElement)) return;
        const wanted = ROUTE_SETTINGS.find((each) => each === select.value);
        select.value = route;
        if (wanted !== undefined) choose(wanted);
      }}
    >
      ${ROUTE_SETTINGS.map(
        (each) =>
          html`<option value=${each} ?selected=${each === route}>
            ${strings.routeNames[each]}
          </option>`,
      )}
    </select>
    ${triangleIcon(true)}
  </span>`;
