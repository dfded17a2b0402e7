import {html, LitElement, nothing} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import {
  NEUTRAL_CONDITIONS,
  type ConditionsFile,
  type RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import {CommandEvent} from '../../events/command-event.js';
import {DrawerEvent} from '../../events/drawer-event.js';
import {
  DEFAULT_SETTINGS,
  SettingsEvent,
  type PanelSettings,
} from '../../events/settings-event.js';
import {formatCount} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {popover} from '../../styles/popover.js';
import {tokens} from '../../styles/tokens.js';
import {
  clearIcon,
  helpIcon,
  recordIcon,
  rulesIcon,
  settingsIcon,
  warningIcon,
} from '../../templates/icons.js';
import '../filter-field/filter-field.js';
import type {FilterField} from '../filter-field/filter-field.js';
import {renderHelp} from './render-help.js';
import {renderNetwork, renderOffline} from './render-network.js';
import {
  differ,
  NO_COUNTS,
  OUTCOME_NAMES,
  renderOutcomes,
  type OutcomeCounts,
} from './render-outcomes.js';
import {renderRoute} from './render-route.js';
import {renderTimes} from './render-times.js';
import {renderWire} from './render-wire.js';
import {styles} from './toolbar.styles.js';
import {widthStyles} from './widths.styles.js';

export {NO_COUNTS, type OutcomeCounts} from './render-outcomes.js';

/**
 * @summary Record, clear, filter, and what is shown how. It never wraps: what
 * does not fit moves into the settings menu.
 * @event bgf-command - Record, clear, preserve, route, conditions, wire facts.
 * @event bgf-drawer - The rules, or a network of one's own.
 * @event bgf-settings - A view, an outcome or a time format was chosen.
 * @event bgf-filter - The filter's text changed.
 */
@customElement('bgf-toolbar')
export class Toolbar extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    popover,
    styles,
    widthStyles,
  ];

  @property({type: Boolean}) recording = false;
  @property() filter = '';
  @property({attribute: false, hasChanged: differ}) counts: OutcomeCounts =
    NO_COUNTS;
  @property({attribute: false}) settings: PanelSettings = DEFAULT_SETTINGS;
  /** Which way new fetches go, as the session says. */
  @property() route: RouteSetting = 'auto';
  /** What all realms are under, as the session says. */
  @property({attribute: false}) conditions: ConditionsFile = NEUTRAL_CONDITIONS;
  /** Origins whose wire facts could be asked for. */
  @property({attribute: false}) wireOffer: readonly string[] = [];
  @property({attribute: false}) wireOrigins: readonly string[] = [];

  @query('bgf-filter-field') private field!: FilterField;

  @query('#help') private help!: HTMLElement;

  @query('#settings') private menu!: HTMLElement;

  showHelp(): void {
    this.help.showPopover();
  }

  /** Whether one lies over the panel. */
  get hasOpenMenu(): boolean {
    return this.renderRoot.querySelector(':popover-open') !== null;
  }

  focusFilter(): void {
    this.field.focus();
  }

  override render() {
    const {recording} = this;
    const {outcome} = this.settings;
    const label = recording ? strings.stopRecording : strings.record;
    return html`
      <div class="bar" role="toolbar" aria-label="Background Fetch">
        <button
          class="icon-only"
          title="${label} (Ctrl E)"
          aria-label=${label}
          aria-pressed=${recording}
          @click=${() =>
            this.#command(recording ? 'stop-recording' : 'start-recording')}
        >
          ${recordIcon(recording)}
        </button>
        <button
          class="icon-only"
          title="${strings.clear} (Ctrl L)"
          aria-label=${strings.clear}
          @click=${() => this.#command('clear-log')}
        >
          ${clearIcon}
        </button>
        <span class="line"></span>
        <bgf-filter-field .value=${this.filter}></bgf-filter-field>
        <span class="line after-filter"></span>
        ${this.#renderOutcomes()}
        <span class="space"></span>
        ${this.#renderPreserve()}
        <span class="line after-preserve"></span>
        ${this.#renderRoute()}
        <span class="line after-route"></span>
        ${this.#renderConditions()}
        <span class="line after-conditions"></span>
        ${this.#renderViews()}
        ${
          this.route === 'auto'
            ? nothing
            : html`<button
                class="icon-only simulated"
                popovertarget="settings"
                title=${strings.routes[this.route]}
                aria-label=${strings.routes[this.route]}
              >
                ${warningIcon}
              </button>`
        }
        <button
          class="icon-only settings ${outcome === 'all' ? '' : 'chosen'}"
          popovertarget="settings"
          title=${outcome === 'all' ? strings.settings : `${strings.settings}. ${strings.shownOnly(OUTCOME_NAMES[outcome])}`}
          aria-label=${strings.settings}
        >
          ${settingsIcon}
        </button>
        <button
          class="icon-only help"
          popovertarget="help"
          title=${strings.help}
          aria-label=${strings.help}
        >
          ${helpIcon}
        </button>
      </div>
      <div id="settings" popover role="dialog" aria-label=${strings.settings}>
        ${this.#renderSettings()}
      </div>
      <div id="help" popover role="dialog" aria-label=${strings.help}>
        ${renderHelp()}
      </div>
    `;
  }

  #renderOutcomes() {
    return renderOutcomes(this.counts, this.settings.outcome, (outcome) =>
      this.#set({outcome}),
    );
  }

  #renderViews() {
    const view = (name: PanelSettings['view'], label: string) =>
      html`<button
        aria-pressed=${this.settings.view === name}
        @click=${() => this.#set({view: name})}
      >
        ${label}
      </button>`;
    return html`<div class="views" role="group" aria-label=${strings.views}>
      ${view('timeline', strings.timeline)} ${view('entries', strings.entries)}
    </div>`;
  }

  #renderConditions() {
    const count = this.conditions.rules?.length ?? 0;
    return html`${this.#renderNetwork()}
      ${renderOffline(this.conditions, this.#setConditions)}
      <button
        class="rules"
        title=${strings.rules}
        aria-label=${count === 0 ? strings.rules : `${strings.rules}: ${formatCount(count)}`}
        @click=${() => this.#openDrawer('rules')}
      >
        ${rulesIcon}${count === 0 ? nothing : formatCount(count)}
      </button>`;
  }

  #renderNetwork() {
    return renderNetwork(this.conditions, this.settings.profiles, {
      set: this.#setConditions,
      customize: () => this.#openDrawer('network'),
    });
  }

  readonly #setConditions = (conditions: ConditionsFile): void => {
    this.dispatchEvent(new CommandEvent({type: 'set-conditions', conditions}));
  };

  #renderPreserve(inMenu = false) {
    return html`<label
      class="check preserve ${inMenu ? 'only-menu' : ''}"
      title=${strings.preserveLogHint}
    >
      <input
        type="checkbox"
        .checked=${this.settings.preserveLog}
        @change=${this.#handlePreserve}
      />${strings.preserveLog}
    </label>`;
  }

  #renderSettings() {
    return html`
      <div class="only-menu views-row">
        <h3>${strings.views}</h3>
        ${this.#renderViews()}
      </div>
      <div class="only-menu outcomes">
        <h3>${strings.outcomes}</h3>
        ${this.#renderOutcomes()}
      </div>
      ${this.#renderPreserve(true)}
      <div class="only-menu conditions">
        <h3>${strings.network}</h3>
        <div class="menu-row">
          ${this.#renderNetwork()}
          <button class="action" @click=${() => this.#openDrawer('rules')}>
            ${strings.editRules}
          </button>
        </div>
      </div>
      <div class="only-menu route">
        <h3>${strings.route}</h3>
        ${this.#renderRoute()}
        <p>${strings.routes[this.route]}</p>
      </div>
      <h3>${strings.timeFormat}</h3>
      ${renderTimes(this.settings.timeFormat, (timeFormat) =>
        this.#set({timeFormat}),
      )}
      <h3>Wire facts</h3>
      ${renderWire(this.wireOffer, this.wireOrigins)}
    `;
  }

  #renderRoute() {
    return renderRoute(this.route, (route) => {
      this.dispatchEvent(new CommandEvent({type: 'set-route', route}));
    });
  }

  /** What was chosen from the menu must not lie below it. */
  #openDrawer(at: 'network' | 'rules'): void {
    this.menu.hidePopover();
    this.dispatchEvent(new DrawerEvent({at}));
  }

  #command(type: 'start-recording' | 'stop-recording' | 'clear-log'): void {
    this.dispatchEvent(new CommandEvent({type}));
  }

  #set(changes: Partial<PanelSettings>): void {
    this.dispatchEvent(new SettingsEvent(changes));
  }

  #handlePreserve(event: Event): void {
    const box = event.currentTarget;
    if (!(box instanceof HTMLInputElement)) return;
    this.#set({preserveLog: box.checked});
    this.dispatchEvent(
      new CommandEvent({type: 'preserve-log', preserve: box.checked}),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-toolbar': Toolbar;
  }
}
