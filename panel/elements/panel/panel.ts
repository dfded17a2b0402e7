import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import type {InspectorState} from '../../../inspector-core/projections/state.js';
import type {
  EpochMs,
  InspectorCommand,
} from '../../../inspector-core/protocol/protocol.js';
import type {Inspector} from '../../../inspector-core/store/inspector.js';
import {Announcer} from '../../controllers/announcer.js';
import {InspectorController} from '../../controllers/inspector-controller.js';
import {SizeController} from '../../controllers/size-controller.js';
import type {CommandEvent} from '../../events/command-event.js';
import type {FilterEvent} from '../../events/filter-event.js';
import type {SelectEvent, Selection} from '../../events/select-event.js';
import {
  DEFAULT_SETTINGS,
  SettingsEvent,
  type PanelSettings,
} from '../../events/settings-event.js';
import {parseFilter} from '../../filter/filter.js';
import {visibleText} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import type {
  DetailContext,
  OpenSource,
} from '../../templates/detail-context.js';
import {noticeBar} from '../../templates/notice.js';
import {statusLine} from '../../templates/status-line.js';
import type {TimeSpan} from '../../timeline/timeline.js';
import '../detail/detail.js';
import '../empty-state/empty-state.js';
import {situationOf} from '../empty-state/situation.js';
import '../entry-table/entry-table.js';
import '../splitter/splitter.js';
import type {ResizeEvent} from '../splitter/splitter.js';
import type {PanelSize} from '../timeline/row-heights.js';
import '../timeline/timeline.js';
import '../toolbar/toolbar.js';
import type {Toolbar} from '../toolbar/toolbar.js';
import {memoize} from './memoize.js';
import {noticesOf} from './notices.js';
import {styles} from './panel.styles.js';
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

/** Pixels of the detail pane, until the user chooses. */
const DETAIL_HEIGHT = 232;

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

  @state() private failure: string | undefined;

  @query('bgf-toolbar') private toolbar!: Toolbar;
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
        .wireOffer=${this.#offer(state.realms, state.session.wireOrigins)}
        .wireOrigins=${state.session.wireOrigins}
      ></bgf-toolbar>
      ${this.#renderNotices(state)}
      <div class="content">
        ${
          this.settings.view === 'entries'
            ? this.#renderEntries(state)
            : nothing
        }
        ${this.#renderTimeline(state, fetches)} ${this.#renderDetail(state)}
      </div>
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
    const isOver = this.size === 'narrow';
    const context: DetailContext = {
      state,
      now: this.#session.end,
      origin: this.#session.start,
      timeFormat: this.settings.timeFormat,
      openSource: this.openSource,
    };
    const most = Math.max(90, this.#measured.height - 160);
    const height = Math.min(this.settings.detailHeight ?? DETAIL_HEIGHT, most);
    return html`${
        isOver
          ? nothing
          : html`<bgf-splitter
              .value=${height}
              .max=${most}
              @bgf-resize=${({value}: ResizeEvent) =>
                this.dispatchEvent(new SettingsEvent({detailHeight: value}))}
            ></bgf-splitter>`
      }
      <bgf-detail
        ?over=${isOver}
        .selection=${selection}
        .context=${context}
        .entry=${
          selection.kind === 'entry'
            ? this.inspector?.log.at(selection.index)
            : undefined
        }
        style=${styleMap({blockSize: isOver ? undefined : `${height}px`})}
      ></bgf-detail>`;
  }

  #renderNotices(state: InspectorState) {
    return html`${
      this.failure === undefined
        ? nothing
        : noticeBar({
            kind: 'error',
            text: this.failure,
            dismiss: () => {
              this.failure = undefined;
            },
          })
    }
    ${noticesOf(state).map(({text, canAttach}) =>
      noticeBar({
        kind: 'warning',
        text,
        ...(canAttach
          ? {action: {label: strings.attachAgain, run: this.#attach}}
          : {}),
      }),
    )}`;
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
    const result = await this.inspector?.execute(command).catch(
      (error: unknown) =>
        ({
          ok: false,
          message: error instanceof Error ? error.message : String(error),
        }) as const,
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
  };

  readonly #handleSelect = (event: SelectEvent): void => {
    const wasOpen = this.selection !== undefined;
    this.selection = event.selection;
    if (event.selection === undefined && wasOpen) this.#focusContent();
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
    if (event.key === 'Escape' && this.selection !== undefined) {
      if (event.defaultPrevented) return;
      this.selection = undefined;
      this.#focusContent();
      return;
    }
    if (event.key === '?' && !isTyping(event)) {
      this.toolbar.showHelp();
      event.preventDefault();
      return;
    }
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) {
      return;
    }
    const {state} = this.#state;
    switch (event.key) {
      case 'f':
        this.toolbar.focusFilter();
        break;
      case 'e':
        void this.#execute({
          type:
            state !== undefined && isRecording(state)
              ? 'stop-recording'
              : 'start-recording',
        });
        break;
      case 'l':
        this.selection = undefined;
        void this.#execute({type: 'clear-log'});
        break;
      default:
        return;
    }
    event.preventDefault();
  };

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

const isTyping = (event: Event): boolean =>
  event.composedPath()[0] instanceof HTMLInputElement;

declare global {
  interface HTMLElementTagNameMap {
    'bgf-panel': Panel;
  }
}
