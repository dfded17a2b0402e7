import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import type {InspectorState} from '../../../inspector-core/projections/state.js';
import {refuse} from '../../../inspector-core/protocol/commands.js';
import type {
  EpochMs,
  InspectorCommand,
} from '../../../inspector-core/protocol/protocol.js';
import type {Inspector} from '../../../inspector-core/store/inspector.js';
import {Announcer} from '../../controllers/announcer.js';
import {InspectorController} from '../../controllers/inspector-controller.js';
import {SizeController} from '../../controllers/size-controller.js';
import type {CommandEvent} from '../../events/command-event.js';
import {DrawerEvent, type DrawerPlace} from '../../events/drawer-event.js';
import type {FilterEvent} from '../../events/filter-event.js';
import type {MenuEvent} from '../../events/menu-event.js';
import type {SelectEvent, Selection} from '../../events/select-event.js';
import {
  DEFAULT_SETTINGS,
  type PanelSettings,
  type SettingsEvent,
} from '../../events/settings-event.js';
import {parseFilter} from '../../filter/filter.js';
import {visibleText} from '../../format/format.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import type {OpenSource} from '../../templates/detail-context.js';
import {statusLine} from '../../templates/status-line.js';
import type {TimeSpan} from '../../timeline/timeline.js';
import '../action-menu/action-menu.js';
import type {ActionMenu} from '../action-menu/action-menu.js';
import '../conditions-bar/conditions-bar.js';
import '../empty-state/empty-state.js';
import {situationOf} from '../empty-state/situation.js';
import '../entry-table/entry-table.js';
import '../rules-drawer/rules-drawer.js';
import type {PanelSize} from '../timeline/row-heights.js';
import '../timeline/timeline.js';
import '../toolbar/toolbar.js';
import type {Toolbar} from '../toolbar/toolbar.js';
import {memoize} from './memoize.js';
import {noticesOf} from './notices.js';
import {renderNotices} from './render-notices.js';
import {styles} from './panel.styles.js';
import {renderDetail} from './render-detail.js';
import {isText, shortcutOf, type Shortcut} from './shortcuts.js';
import {
  attachedText,
  isLive,
  isRecording,
  selectFetches,
  selectTotals,
  sessionSpan,
  wireOffer,
} from './view-model.js';

export type {OpenSource} from '../../templates/detail-context.js';

/** How often now moves on, in milliseconds, while nothing else happens. */
const TICK = 100;

const systemClock = (): EpochMs => performance.timeOrigin + performance.now();

/**
 * @summary The whole panel over one inspector. It sends commands, shows what
 * comes back, and keeps nothing but what the user set: selection, filter, sizes.
 * Long, because it alone listens to all events; what it shows is worked out in
 * view-model.ts and notices.ts.
 * @cssproperty --bgf-surface - And the other colours of styles/tokens.ts.
 */
@customElement('bgf-panel')
export class Panel extends LitElement {
  static override styles = [tokens, base, controls, styles];

  @property({attribute: false}) inspector: Inspector | undefined;
  /** `light` or `dark`; without it the user's preference holds. */
  @property({reflect: true}) theme: string | undefined;
  /** What active fetches are measured against. */
  @property({attribute: false}) clock: () => EpochMs = systemClock;
  /** Opens a place of a script, where the host can. */
  @property({attribute: false}) openSource: OpenSource | undefined;

  @property({reflect: true}) size: PanelSize = 'wide';
  @property({attribute: false}) settings: PanelSettings = DEFAULT_SETTINGS;
  @property() filter = '';
  @property({attribute: false}) selection: Selection | undefined;
  /** What the drawer of the conditions is open at; undefined: it is closed. */
  @property({attribute: false}) drawer: DrawerPlace | undefined;

  @state() private failure: string | undefined;

  @query('bgf-toolbar') private toolbar!: Toolbar;
  @query('bgf-action-menu') private menu!: ActionMenu;
  @query('.content') private content!: HTMLElement;

  readonly #state = new InspectorController(this);
  readonly #announcer = new Announcer(this);
  readonly #measured = new SizeController(this);
  #tick: ReturnType<typeof setTimeout> | undefined;
  readonly #select = memoize(selectFetches);
  readonly #offer = memoize(wireOffer);
  #parsed = parseFilter('');
  #session: TimeSpan = {start: 0, end: 0};
  #origin: EpochMs | undefined;

  constructor() {
    super();
    this.addEventListener('bgf-command', this.#handleCommand);
    this.addEventListener('bgf-select', this.#handleSelect);
    this.addEventListener('bgf-filter', this.#handleFilter);
    this.addEventListener('bgf-settings', this.#handleSettings);
    this.addEventListener('bgf-drawer', this.#handleDrawer);
    this.addEventListener('bgf-menu', this.#handleMenu);
    this.addEventListener('keydown', this.#handleKeydown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#tick);
    this.#tick = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('inspector')) this.#state.follow(this.inspector);
    if (changed.has('filter')) this.#parsed = parseFilter(this.filter);
    const {width} = this.#measured;
    if (width > 0) {
      this.size = width < 700 ? 'narrow' : width < 1_000 ? 'medium' : 'wide';
    }
    const {state} = this.#state;
    if (state === undefined) return;
    this.#announcer.follow(state.fetches.all);
    this.#follow(state);
  }

  override render() {
    const {state} = this.#state;
    if (state === undefined || this.inspector === undefined) {
      return html`<bgf-empty-state situation="no-inspector"></bgf-empty-state>`;
    }
    const {log} = this.inspector;
    const {fetches, counts} = this.#select(
      state.fetches.all,
      this.#parsed,
      this.settings.outcome,
    );
    const entries = Math.max(0, log.next - log.first);
    return html`
      <bgf-toolbar
        ?recording=${isRecording(state)}
        .filter=${this.filter}
        .counts=${counts}
        .settings=${this.settings}
        route=${state.session.route}
        .conditions=${state.session.conditions}
        .wireOffer=${this.#offer(state.realms, state.session.wireOrigins)}
        .wireOrigins=${state.session.wireOrigins}
      ></bgf-toolbar>
      ${
        state.simulation.since === undefined
          ? nothing
          : html`<bgf-conditions-bar
              .conditions=${state.session.conditions}
              .simulation=${state.simulation}
              route=${state.session.route}
              .now=${Math.max(this.#session.end, this.clock())}
            ></bgf-conditions-bar>`
      }
      ${renderNotices(noticesOf(state), {
        failure: this.failure,
        dismiss: () => {
          this.failure = undefined;
        },
        attach: this.#attach,
      })}
      <div class="content" ?drawer=${this.drawer !== undefined}>
        ${
          this.settings.view === 'entries'
            ? this.#renderEntries(state)
            : nothing
        }
        ${this.#renderTimeline(state, fetches)} ${this.#renderDetail(state)}
        ${
          this.drawer === undefined
            ? nothing
            : html`<bgf-rules-drawer
                .place=${this.drawer}
                .state=${state}
                .profiles=${this.settings.profiles}
              ></bgf-rules-drawer>`
        }
      </div>
      <bgf-action-menu></bgf-action-menu>
      ${statusLine({
        totals: selectTotals(state.fetches.all),
        shown: counts.all,
        entries,
        state,
        attached: attachedText(state),
      })}
      <div class="visually-hidden" aria-live="polite">
        ${this.#announcer.message}
      </div>
    `;
  }

  #renderTimeline(state: InspectorState, fetches: readonly FetchState[]) {
    const isShown = this.settings.view === 'timeline';
    if (state.fetches.all.size === 0) {
      return isShown
        ? html`<bgf-empty-state
            situation=${situationOf(state)}
            .message=${state.session.attachment.message ?? ''}
          ></bgf-empty-state>`
        : nothing;
    }
    return html`<bgf-timeline
        ?hidden=${!isShown}
        .fetches=${fetches}
        .calls=${state.calls}
        .keyOf=${state.fetches.keyOf}
        .selection=${this.selection}
        .session=${this.#session}
        .simulation=${state.simulation}
        ?live=${isLive(state)}
        .timeFormat=${this.settings.timeFormat}
        .treeWidth=${this.settings.treeWidth}
        size=${this.size}
      ></bgf-timeline>
      ${
        isShown && fetches.length === 0
          ? html`<p class="none">
              No fetch matches.
              <button class="link" @click=${this.#showAll}>Show all</button>
            </p>`
          : nothing
      }`;
  }

  #renderEntries(state: InspectorState) {
    return html`<bgf-entry-table
      .log=${this.inspector?.log}
      .fetches=${state.fetches}
      .filter=${this.#parsed}
      .selected=${
        this.selection?.kind === 'entry' ? this.selection.index : undefined
      }
      .timeFormat=${this.settings.timeFormat}
      .origin=${this.#session.start}
      size=${this.size}
    ></bgf-entry-table>`;
  }

  #renderDetail(state: InspectorState) {
    const {selection} = this;
    if (selection === undefined) return nothing;
    return renderDetail({
      selection,
      entry:
        selection.kind === 'entry'
          ? this.inspector?.log.at(selection.index)
          : undefined,
      context: {
        state,
        now: this.#session.end,
        origin: this.#session.start,
        timeFormat: this.settings.timeFormat,
        openSource: this.openSource,
      },
      isOver: this.size === 'narrow',
      room: this.#measured.height,
      height: this.settings.detailHeight,
    });
  }

  /** Keeps now moving, and the axis where it was while old fetches go. */
  #follow(state: InspectorState): void {
    const span = sessionSpan(state, this.clock);
    if (state.fetches.all.size === 0) this.#origin = undefined;
    else this.#origin ??= span.start;
    const start = Math.min(this.#origin ?? span.start, span.start);
    if (start !== this.#session.start || span.end !== this.#session.end) {
      this.#session = {start, end: span.end};
    }
    if (!isLive(state)) return;
    this.#tick ??= setTimeout(() => {
      this.#tick = undefined;
      this.#state.render();
    }, TICK);
  }

  async #execute(command: InspectorCommand): Promise<void> {
    const result = await this.inspector
      ?.execute(command)
      .catch((error: unknown) =>
        refuse(error instanceof Error ? error.message : String(error)),
      );
    this.failure =
      result === undefined || result.ok
        ? undefined
        : visibleText(result.message, 500);
  }

  readonly #attach = (): void => {
    void this.#execute({type: 'start-recording'});
  };

  readonly #showAll = (): void => {
    this.filter = '';
    this.settings = {...this.settings, outcome: 'all'};
  };

  readonly #handleCommand = (event: CommandEvent): void => {
    if (event.command.type === 'clear-log') this.selection = undefined;
    void this.#execute(event.command);
    // What comes next may build on it, and sooner than the next frame.
    this.requestUpdate();
  };

  readonly #handleSelect = (event: SelectEvent): void => {
    const wasOpen = this.selection !== undefined;
    this.selection = event.selection;
    if (event.selection === undefined && wasOpen) this.#focusContent();
  };

  readonly #handleDrawer = ({place}: DrawerEvent): void => {
    this.drawer = place;
    if (place === undefined) this.#focusContent();
  };

  readonly #handleMenu = ({place}: MenuEvent): void => {
    const {state} = this.#state;
    if (state !== undefined) this.menu.show(place, state);
  };

  readonly #handleFilter = (event: FilterEvent): void => {
    this.filter = event.text;
  };

  readonly #handleSettings = (event: SettingsEvent): void => {
    const {view} = event.changes;
    const isOther = view !== undefined && view !== this.settings.view;
    // An entry is of no use beside the lanes, nor the other way round.
    if (isOther && this.selection !== undefined) {
      const isEntry = this.selection.kind === 'entry';
      if (isEntry === (view === 'timeline')) this.selection = undefined;
    }
    this.settings = {...this.settings, ...event.changes};
  };

  readonly #handleKeydown = (event: KeyboardEvent): void => {
    const isOurs =
      event.defaultPrevented ||
      (event.key === 'Escape' ? this.#closeTop() : this.#press(event));
    // DevTools has uses of its own for some keys, whether they were used or not,
    // and does not see the field in a shadow root that they are typed into.
    if (isOurs || isText(event)) event.stopPropagation();
  };

  /** Closes what was opened last; false if nothing is open. */
  #closeTop(): boolean {
    // That one the browser closes by itself.
    if (this.toolbar.hasOpenMenu) return true;
    if (this.drawer !== undefined) {
      this.#handleDrawer(new DrawerEvent(undefined));
    } else if (this.selection !== undefined) {
      this.selection = undefined;
      this.#focusContent();
    } else return false;
    return true;
  }

  /** True if the key was one of ours. */
  #press(event: KeyboardEvent): boolean {
    const shortcut = shortcutOf(event);
    if (shortcut === undefined) return false;
    event.preventDefault();
    this.#run(shortcut);
    return true;
  }

  #run(shortcut: Shortcut): void {
    switch (shortcut) {
      case 'help':
        return this.toolbar.showHelp();
      case 'filter':
        return this.toolbar.focusFilter();
      case 'content':
        return this.#focusContent();
      case 'clear':
        this.selection = undefined;
        void this.#execute({type: 'clear-log'});
        return;
      case 'record': {
        const {state} = this.#state;
        const isOn = state !== undefined && isRecording(state);
        void this.#execute({
          type: isOn ? 'stop-recording' : 'start-recording',
        });
      }
    }
  }

  /** Closing the detail pane must not lose the keyboard's place. */
  #focusContent(): void {
    void this.updateComplete.then(() => {
      const shown = this.content.querySelector(
        'bgf-timeline:not([hidden]), bgf-entry-table',
      );
      const grid =
        shown?.localName === 'bgf-entry-table'
          ? shown.shadowRoot?.querySelector('bgf-data-grid')
          : shown;
      grid?.shadowRoot?.querySelector<HTMLElement>('.scroller')?.focus();
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-panel': Panel;
  }
}
