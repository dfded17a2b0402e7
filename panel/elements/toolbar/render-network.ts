import {html, nothing, type TemplateResult} from 'lit';
import {
  CHROME_PROFILES,
  FIREFOX_PROFILES,
  OFFLINE,
} from '../../../inspector-core/conditions/profile/presets.js';
import {NO_THROTTLING} from '../../../inspector-core/conditions/profile/profile.js';
import type {
  ConditionsFile,
  NetworkProfile,
} from '../../../inspector-core/protocol/protocol.js';
import {formatLink, visibleText} from '../../format/format.js';
import {strings} from '../../strings.js';
import {triangleIcon, warningIcon} from '../../templates/icons.js';

const GROUPS: readonly (readonly [string, readonly NetworkProfile[]])[] = [
  // Offline has a switch of its own.
  ['Chrome', CHROME_PROFILES.filter((each) => each !== OFFLINE)],
  ['Firefox', FIREFOX_PROFILES],
];

/** Stands for a link that is made up, and for making one. */
const CUSTOM = '…';

/** What is chosen in it. */
export interface NetworkChoice {
  readonly set: (conditions: ConditionsFile) => void;
  /** Opens where a link of one's own is made. */
  readonly customize: () => void;
}

const titleOf = (profile: NetworkProfile): string =>
  formatLink(profile) || 'The network as it is';

/** The profile of all fetches, as Network's throttling has it. */
export function renderNetwork(
  conditions: ConditionsFile,
  own: readonly NetworkProfile[],
  {set, customize}: NetworkChoice,
): TemplateResult {
  const groups =
    own.length === 0
      ? GROUPS
      : [...GROUPS, [strings.ownProfiles, own] as const];
  const known = groups.flatMap(([, profiles]) => profiles);
  const {profile = NO_THROTTLING} = conditions;
  const name = typeof profile === 'string' ? profile : profile.name;
  const listed = known.find((each) => each.name === name);
  const value = listed?.name ?? CUSTOM;
  const custom =
    listed === undefined ? `${visibleText(name, 40)}, change…` : 'Custom…';
  const link = typeof profile === 'string' ? listed : profile;
  return html`<span class="choice network">
    ${
      value === NO_THROTTLING.name
        ? nothing
        : html`<span class="sign" aria-hidden="true">${warningIcon}</span>`
    }
    <select
      aria-label=${strings.network}
      title="${strings.network}. ${link === undefined ? '' : titleOf(link)}"
      .value=${value}
      @change=${(event: Event) => {
        const select = event.currentTarget;
        if (!(select instanceof HTMLSelectElement)) return;
        const wanted = known.find((each) => each.name === select.value);
        // It goes on showing what holds until that is something else.
        select.value = value;
        if (wanted === undefined) customize();
        else set({...conditions, profile: wanted});
      }}
    >
      ${groups.map(
        ([label, profiles]) =>
          html`<optgroup label=${label}>
            ${profiles.map(
              (each) =>
                html`<option
                  value=${each.name}
                  title=${titleOf(each)}
                  ?selected=${each.name === value}
                >
                  ${visibleText(each.name, 40)}
                </option>`,
            )}
          </optgroup>`,
      )}
      <option value=${CUSTOM} ?selected=${value === CUSTOM}>${custom}</option>
    </select>
    ${triangleIcon(true)}
  </span>`;
}

/** Takes the network away from all emulated fetches, and gives it back. */
export const renderOffline = (
  conditions: ConditionsFile,
  set: (conditions: ConditionsFile) => void,
): TemplateResult =>
  html`<label class="switch" title=${strings.offlineHint}>
    <input
      type="checkbox"
      role="switch"
      .checked=${conditions.offline === true}
      @change=${(event: Event) => {
        const box = event.currentTarget;
        if (!(box instanceof HTMLInputElement)) return;
        const offline = box.checked;
        box.checked = conditions.offline === true;
        set({...conditions, offline});
      }}
    /><span class="switch-label">${strings.offline}</span>
  </label>`;
