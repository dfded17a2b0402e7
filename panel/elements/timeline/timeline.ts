import {VirtualizerController} from '@tanstack/lit-virtual';
import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import type {
  CallsState,
  FetchesState,
  SimulationState,
} from '../../../inspector-core/projections/state.js';
import {SizeController} from '../../controllers/size-controller.js';
import {MenuEvent} from '../../events/menu-event.js';
import {SelectEvent, type Selection} from '../../events/select-event.js';
import {SettingsEvent} from '../../events/settings-event.js';
import type {ViewEvent} from '../../events/view-event.js';
import {formatPlural, type TimeFormat} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {rows} from '../../styles/rows.js';
import {tokens} from '../../styles/tokens.js';
import {
  callsOf,
  createScale,
  hasBothRoutes,
  type Row,
  ticksOf,
  type TimeSpan,
} from '../../timeline/timeline.js';
import '../overview/overview.js';
import '../splitter/splitter.js';
import type {ResizeEvent} from '../splitter/splitter.js';
import {cellStyles} from './cells.styles.js';
import {laneStyles} from './lane.styles.js';
import {renderGrid, renderHead} from './render-axis.js';
import {renderJoins} from './render-joins.js';
import {renderViewTools} from './render-tools.js';
import {renderTreeRow, type LanesContext} from './render-tree-row.js';
import {
  cellRoom,
  LEAST,
  rowSize,
  treeWidth,
  type PanelSize,
} from './row-heights.js';
import {isSelected, selectionOf} from './row-selection.js';
import {RowTree} from './row-tree.js';
import {pressKey, type KeyTarget} from './timeline-keys.js';
import {styles} from './timeline.styles.js';
import {ViewportController} from './viewport-controller.js';

const HEAD = 22;
/**
 * @summary The tree of fetches, each with its lane on the common time axis.
 * Long, because one element owns focus, scroll and selection; what is drawn, what
 * the rows are and what is in view have files of their own.
 * @event bgf-select - A fetch, a record or a worker event was chosen.
 * @event bgf-menu - All that can be done to a fetch is wanted.
 * @event bgf-settings - The tree was given another width.
 */
@customElement('bgf-timeline')
export class Timeline extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    rows,
    styles,
    cellStyles,
    laneStyles,
  ];

  /** Oldest first, as the filter left them. */
  @property({attribute: false}) fetches: readonly FetchState[] = [];
  @property({attribute: false}) calls: CallsState = new Map();
  @property({attribute: false}) keyOf: FetchesState['keyOf'] | undefined;
  @property({attribute: false}) selection: Selection | undefined;
  /** What acts on all lanes at once. */
  @property({attribute: false}) simulation: SimulationState | undefined;
  /** From the first entry until now. */
  @property({attribute: false}) session: TimeSpan = {start: 0, end: 1_000};
  /** Whether anything goes on: then there is a now to follow. */
  @property({type: Boolean}) live = false;
  @property({attribute: false}) timeFormat: TimeFormat = 'relative';
  @property({reflect: true}) size: PanelSize = 'wide';
  /** Pixels of the tree, where the user chose them. */
  @property({attribute: false}) treeWidth: number | undefined;

  @state() private active = 0;
  /** Fetches that came while the rows were scrolled away from the newest. */
  @state() private unseen = 0;

  @query('.scroller') private scroller!: HTMLElement;

  readonly #view = new ViewportController(this, () => this.session);
  readonly #tree = new RowTree();
  readonly #rowsSize = new SizeController(
    this,
    () => this.renderRoot.querySelector('.rows') ?? undefined,
  );
  readonly #virtual = new VirtualizerController<HTMLElement, HTMLElement>(
    this,
    {
      getScrollElement: () => this.renderRoot.querySelector('.scroller'),
      count: 0,
      estimateSize: () => 26,
      overscan: 8,
      scrollMargin: HEAD,
    },
  );

  #stickToEnd = true;
  #reveal = false;
  #hasGrown = false;
  #hasNewLayout = false;

  /** Shows the newest, in time and in the tree, from now on. */
  follow(): void {
    this.#view.follow();
    this.#stickToEnd = true;
    this.unseen = 0;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    this.#rebuildRows();
    if (changed.has('selection')) this.#activateSelection();
  }

  override updated(): void {
    if (this.#hasGrown && this.#stickToEnd) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    }
    this.#hasGrown = false;
    if (this.#reveal) {
      this.#reveal = false;
      this.#scrollTo(this.active);
    }
    // Asking where it is scrolled to costs a layout: only where that may differ.
    if (this.#hasNewLayout) this.#handleScroll();
    this.#hasNewLayout = false;
  }

  override render() {
    const {span, viewport} = this.#view;
    const tree = treeWidth(this.size, this.#rowsSize.width, this.treeWidth);
    const width = Math.max(0, this.#rowsSize.width - tree);
    const scale = createScale(span, width);
    const items = this.#virtual.getVirtualizer().getVirtualItems();
    const active = this.#rows[this.active];
    const axis = {
      scale,
      ticks: ticksOf(scale, this.session.start, this.timeFormat),
      now: this.live ? this.session.end : undefined,
      end: this.session.end,
    };
    const lanes = {
      scale,
      now: this.session.end,
      calls: this.calls,
      isMixed: hasBothRoutes(this.fetches),
    };
    const cells = this.size === 'narrow' ? width : tree;
    return html`<div
      class="frame ${cellRoom(cells)}"
      style=${styleMap({'--tree': `${tree}px`})}
    >
      <div class="strip">
        ${renderViewTools({
          fetches: this.fetches,
          session: this.session,
          viewport,
          live: this.live,
          zoom: (factor) => this.#view.zoom(factor),
          fit: () => this.#view.fit(),
          follow: () => this.follow(),
        })}
        <bgf-overview
          .fetches=${this.fetches}
          .session=${this.session}
          .outages=${this.simulation?.outages ?? []}
          .view=${span}
          @bgf-view=${this.#handleView}
        ></bgf-overview>
      </div>
      <div
        class="scroller"
        role="treegrid"
        tabindex="0"
        aria-label=${strings.timeline}
        aria-rowcount=${this.#rows.length + 1}
        aria-colcount="4"
        aria-activedescendant=${
          active !== undefined &&
          items.some((item) => item.index === this.active)
            ? `row-${this.active}`
            : nothing
        }
        @keydown=${this.#handleKeydown}
        @contextmenu=${this.#openMenu}
        @scroll=${this.#handleScroll}
        @wheel=${{handleEvent: this.#handleWheel, passive: false}}
      >
        ${renderHead(axis, (event) => this.#handleAxisDrag(event))}
        <div
          class="rows"
          role="rowgroup"
          style=${styleMap({blockSize: `${this.#tree.height}px`})}
          @click=${this.#handleClick}
          @dblclick=${this.#handleDoubleClick}
        >
          ${renderGrid(axis, this.simulation)}
          ${repeat(
            items,
            (item) => this.#rows[item.index]?.key,
            (item) => this.#renderRow(item.index, item.start - HEAD, lanes),
          )}
          <svg class="joins" aria-hidden="true">
            ${
              this.size === 'narrow'
                ? nothing
                : renderJoins(
                    this.#rows,
                    items[0]?.index ?? 0,
                    items.at(-1)?.index ?? -1,
                    {
                      scale,
                      keyOf: this.keyOf,
                      callsOf: (row) => callsOf(row.fetch, this.calls),
                      middleOf: (index) => this.#tree.middleOf(index),
                    },
                  )
            }
          </svg>
        </div>
      </div>
      ${this.size === 'narrow' ? nothing : this.#renderSplitter(tree)}
      ${this.#renderPill()}
    </div>`;
  }

  #renderSplitter(tree: number) {
    return html`<bgf-splitter
      orientation="vertical"
      label=${strings.treeWidth}
      .value=${tree}
      .min=${LEAST.tree}
      .max=${Math.max(LEAST.tree, this.#rowsSize.width - LEAST.lanes)}
      @bgf-resize=${({value}: ResizeEvent) =>
        this.dispatchEvent(new SettingsEvent({treeWidth: value}))}
    ></bgf-splitter>`;
  }

  #renderRow(index: number, top: number, context: LanesContext) {
    const row = this.#rows[index];
    if (row === undefined) return nothing;
    const place = {
      index,
      top,
      size: rowSize(row, this.size),
      isActive: index === this.active,
      isSelected: isSelected(row, this.selection),
    };
    return renderTreeRow(row, place, context);
  }

  #renderPill() {
    if (this.fetches.length === 0) return nothing;
    if (this.live && this.#view.viewport.mode === 'free') {
      return html`<div class="pill">
        ${strings.followStopped}
        <button class="link" @click=${() => this.follow()}>
          ${strings.resumeFollowing}
        </button>
      </div>`;
    }
    return this.unseen === 0
      ? nothing
      : html`<div class="pill">
          <button class="link" @click=${() => this.follow()}>
            ${formatPlural(this.unseen, 'new fetch', 'new fetches')} ↓
          </button>
        </div>`;
  }

  #rebuildRows(): void {
    const activeKey = this.#rows[this.active]?.key;
    const change = this.#tree.update(this.fetches, this.size);
    if (!change.isNewLayout) return;
    const rows = this.#rows;
    this.#hasGrown = change.added > 0;
    this.#hasNewLayout = true;
    if (!this.#stickToEnd) this.unseen += change.addedFetches;
    if (activeKey !== undefined && rows[this.active]?.key !== activeKey) {
      const moved = rows.findIndex((row) => row.key === activeKey);
      this.active = Math.max(0, moved);
    }
    // A new getItemKey is what makes the virtualizer measure again.
    const virtualizer = this.#virtual.getVirtualizer();
    virtualizer.setOptions({
      ...virtualizer.options,
      count: rows.length,
      estimateSize: (index) => this.#tree.heightOf(index),
      getItemKey: (index) => rows[index]?.key ?? index,
    });
  }

  get #rows(): readonly Row[] {
    return this.#tree.rows;
  }

  /** What was selected elsewhere becomes the active row, and comes into view. */
  #activateSelection(): void {
    const index = this.#rows.findIndex((row) =>
      isSelected(row, this.selection),
    );
    if (index === -1) return;
    this.active = index;
    this.#reveal = true;
  }

  /**
   * Moves no more than it has to. Measured here, since the virtualizer hears of
   * a detail pane that has just opened only later.
   */
  #scrollTo(index: number): void {
    const {scrollTop, clientHeight} = this.scroller;
    const top = this.#tree.topOf(index);
    const lowest = top + this.#tree.heightOf(index) - (clientHeight - HEAD);
    if (top < scrollTop) this.scroller.scrollTop = top;
    else if (lowest > scrollTop) {
      this.scroller.scrollTop = Math.min(lowest, top);
    }
  }

  #select(index: number): void {
    const row = this.#rows[index];
    if (row === undefined) return;
    this.dispatchEvent(new SelectEvent(selectionOf(row)));
  }

  #moveTo(index: number): void {
    const next = Math.min(Math.max(0, index), this.#rows.length - 1);
    this.active = next;
    this.#scrollTo(next);
    // What is open follows, except where it would cover the tree.
    if (this.selection !== undefined && this.size !== 'narrow') {
      this.#select(next);
    }
  }

  #toggle(row: Row | undefined, isOpen?: boolean): boolean {
    const hasChanged = this.#tree.toggle(row, isOpen);
    if (hasChanged) this.requestUpdate();
    return hasChanged;
  }

  readonly #keys: KeyTarget = {
    moveBy: (rows) => this.#moveTo(this.active + rows),
    moveToParent: () => this.#moveTo(this.#tree.parentOf(this.active)),
    page: () => Math.max(1, Math.floor(this.scroller.clientHeight / 26) - 2),
    toggle: (isOpen) => this.#toggle(this.#rows[this.active], isOpen),
    select: () => this.#select(this.active),
    close: () => {
      const isOpen = this.selection !== undefined;
      if (isOpen) this.dispatchEvent(new SelectEvent(undefined));
      return isOpen;
    },
    zoom: (factor) => this.#view.zoom(factor),
    pan: (share) => this.#view.pan(share),
    fit: () => this.#view.fit(),
    follow: () => this.follow(),
  };

  #handleKeydown(event: KeyboardEvent): void {
    if (pressKey(event, this.#keys)) event.preventDefault();
  }

  #indexOf(event: Event): number | undefined {
    const row = event
      .composedPath()
      .find((node) => node instanceof HTMLElement && node.dataset['index']);
    return row instanceof HTMLElement
      ? Number(row.dataset['index'])
      : undefined;
  }

  #handleClick(event: MouseEvent): void {
    const index = this.#indexOf(event);
    if (index === undefined) return;
    this.active = index;
    const isOn = (selector: string): boolean =>
      event
        .composedPath()
        .some((node) => node instanceof Element && node.matches(selector));
    if (isOn('.more')) return this.#openMenu(event);
    if (isOn('.twisty') && this.#toggle(this.#rows[index])) return;
    this.#select(index);
  }

  /** Where the pointer is; from the keyboard, at the active row. */
  #openMenu(event: MouseEvent): void {
    const index = this.#indexOf(event) ?? this.active;
    const row = this.#rows[index];
    if (row === undefined) return;
    event.preventDefault();
    this.active = index;
    const {left, bottom} =
      this.renderRoot.querySelector(`#row-${index}`)?.getBoundingClientRect() ??
      this.getBoundingClientRect();
    const isPointed = event.clientX > 0 || event.clientY > 0;
    this.dispatchEvent(
      new MenuEvent({
        fetch: row.fetch.key,
        ...(row.kind === 'record' ? {record: row.record.index} : {}),
        x: isPointed ? event.clientX : left + 24,
        y: isPointed ? event.clientY : bottom,
      }),
    );
  }

  #handleDoubleClick(event: MouseEvent): void {
    const row = this.#rows[this.#indexOf(event) ?? -1];
    if (row !== undefined) this.#view.zoomTo(row.fetch);
  }

  #handleScroll(): void {
    const {scrollTop, clientHeight, scrollHeight} = this.scroller;
    this.#stickToEnd = scrollTop + clientHeight >= scrollHeight - 4;
    if (this.#stickToEnd && this.unseen > 0) this.unseen = 0;
  }

  readonly #handleWheel = (event: WheelEvent): void => {
    const axis = this.renderRoot.querySelector('.axis');
    if (axis !== null) this.#view.handleWheel(event, axis);
  };

  #handleAxisDrag(event: PointerEvent): void {
    const axis = event.currentTarget;
    if (axis instanceof HTMLElement) this.#view.handleDrag(event, axis);
  }

  #handleView(event: ViewEvent): void {
    event.stopPropagation();
    this.#view.show(event.span);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-timeline': Timeline;
  }
}
