import {VirtualizerController} from '@tanstack/lit-virtual';
import {html, LitElement, nothing, svg, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {repeat} from 'lit/directives/repeat.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {
  FetchKey,
  FetchState,
} from '../../../inspector-core/projections/fetch-state.js';
import type {
  CallsState,
  CallState,
  FetchesState,
} from '../../../inspector-core/projections/state.js';
import {SizeController} from '../../controllers/size-controller.js';
import {SelectEvent, type Selection} from '../../events/select-event.js';
import type {ViewEvent} from '../../events/view-event.js';
import {formatPlural, type TimeFormat} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import {
  buildRows,
  createScale,
  followViewport,
  hasChildren,
  lengthOf,
  panViewport,
  resolveViewport,
  ticksOf,
  zoomViewport,
  type Row,
  type Scale,
  type TimeSpan,
  type Viewport,
} from '../../timeline/timeline.js';
import '../overview/overview.js';
import {eventLane, fetchLane, recordLane} from './render-lane.js';
import {renderJoins} from './render-joins.js';
import {rowCells} from './render-row.js';
import {renderViewTools} from './render-tools.js';
import {rowSize, rowTops, type PanelSize} from './row-heights.js';
import {describeLane} from './row-text.js';
import {styles} from './timeline.styles.js';

const HEAD = 22;
/** Fetches with few records start unfolded while there are few of them. */
const UNFOLDED_AT_FIRST = {fetches: 6, children: 6};

/**
 * @summary The tree of fetches, each with its lane on the common time axis.
 * @event bgf-select - A fetch, a record or a worker event was chosen.
 */
@customElement('bgf-timeline')
export class Timeline extends LitElement {
  static override styles = [tokens, base, controls, styles];

  /** Oldest first, as the filter left them. */
  @property({attribute: false}) fetches: readonly FetchState[] = [];
  @property({attribute: false}) calls: CallsState = new Map();
  @property({attribute: false}) keyOf: FetchesState['keyOf'] | undefined;
  @property({attribute: false}) selection: Selection | undefined;
  /** From the first entry until now. */
  @property({attribute: false}) session: TimeSpan = {start: 0, end: 1_000};
  /** Whether anything goes on: then there is a now to follow. */
  @property({type: Boolean}) live = false;
  @property({attribute: false}) timeFormat: TimeFormat = 'relative';
  @property({reflect: true}) size: PanelSize = 'wide';

  @state() private viewport: Viewport = {mode: 'fit'};
  @state() private active = 0;
  /** Fetches that came while the rows were scrolled away from the newest. */
  @state() private unseen = 0;

  @query('.scroller') private scroller!: HTMLElement;

  readonly #expanded = new Map<FetchKey, boolean>();
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
      scrollPaddingStart: HEAD,
    },
  );

  #rows: readonly Row[] = [];
  #tops: Float64Array = new Float64Array(1);
  #layout = '';
  #stickToEnd = true;
  #reveal = false;
  #hasGrown = false;
  #hasNewLayout = false;

  /** Shows the part of the session where a fetch is, and its neighbourhood. */
  zoomTo(fetch: FetchState): void {
    const end = fetch.events.reduce(
      (latest, event) => Math.max(latest, event.finishedAt ?? event.at),
      Math.max(fetch.settledAt ?? this.session.end, fetch.openedAt),
    );
    const margin = Math.max(10, (end - fetch.openedAt) * 0.12);
    this.viewport = {
      mode: 'free',
      span: {start: fetch.openedAt - margin / 2, end: end + margin * 2},
    };
  }

  zoom(factor: number, anchor?: number): void {
    this.viewport = zoomViewport(this.viewport, this.session, factor, anchor);
  }

  pan(share: number): void {
    this.viewport = panViewport(this.viewport, this.session, share);
  }

  fit(): void {
    this.viewport = {mode: 'fit'};
  }

  follow(): void {
    this.viewport =
      this.viewport.mode === 'free'
        ? followViewport(this.viewport, this.session)
        : this.viewport;
    this.#stickToEnd = true;
    this.unseen = 0;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('fetches')) this.#meetFetches();
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
      this.#virtual.getVirtualizer().scrollToIndex(this.active);
    }
    // Asking where it is scrolled to costs a layout: only where that may differ.
    if (this.#hasNewLayout) this.#handleScroll();
    this.#hasNewLayout = false;
  }

  override render() {
    const span = resolveViewport(this.viewport, this.session);
    const tree =
      this.size === 'narrow' ? 0 : this.size === 'medium' ? 316 : 350;
    const width = Math.max(0, this.#rowsSize.width - tree);
    const scale = createScale(span, width);
    const items = this.#virtual.getVirtualizer().getVirtualItems();
    const active = this.#rows[this.active];
    return html`
      <div class="strip">
        ${renderViewTools({
          fetches: this.fetches,
          session: this.session,
          viewport: this.viewport,
          live: this.live,
          zoom: (factor) => this.zoom(factor),
          fit: () => this.fit(),
          follow: () => this.follow(),
        })}
        <bgf-overview
          .fetches=${this.fetches}
          .session=${this.session}
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
        @scroll=${this.#handleScroll}
        @wheel=${{handleEvent: this.#handleWheel, passive: false}}
      >
        ${this.#renderHead(scale)}
        <div
          class="rows"
          role="rowgroup"
          style=${styleMap({blockSize: `${this.#tops[this.#rows.length] ?? 0}px`})}
          @click=${this.#handleClick}
          @dblclick=${this.#handleDoubleClick}
        >
          ${this.#renderGrid(scale)}
          ${repeat(
            items,
            (item) => this.#rows[item.index]?.key,
            (item) => this.#renderRow(item.index, item.start - HEAD, scale),
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
                      callsOf: (row) => this.#callsOf(row.fetch),
                      middleOf: (index) => this.#middleOf(index),
                    },
                  )
            }
          </svg>
        </div>
      </div>
      ${this.#renderPill()}
    `;
  }

  #renderHead(scale: Scale) {
    const ticks = ticksOf(scale, this.session.start, this.timeFormat);
    return html`<div class="head" role="rowgroup">
      <div class="head-row" role="row" aria-rowindex="1">
        <div class="cells" role="none">
          <div class="name" role="columnheader">Fetch</div>
          <div class="state" role="columnheader">State</div>
          <div class="bytes-cell" role="columnheader">Received</div>
        </div>
        <div
          class="axis"
          role="columnheader"
          @pointerdown=${this.#handleAxisDrag}
        >
          <span class="visually-hidden">Time</span>
          <svg aria-hidden="true">
            ${ticks.map(
              ({x, label}) =>
                svg`<line x1=${x} x2=${x} y1="0" y2="22"></line><text x=${x + 5} y="15">${label}</text>`,
            )}
            ${this.#renderNow(scale, '100%')}
          </svg>
        </div>
      </div>
    </div>`;
  }

  #renderGrid(scale: Scale) {
    const ticks = ticksOf(scale, this.session.start, this.timeFormat);
    return html`<svg class="grid" aria-hidden="true">
      ${ticks.map(({x}) => svg`<line x1=${x} x2=${x} y1="0" y2="100%"></line>`)}
      ${this.#renderNow(scale, '100%')}
    </svg>`;
  }

  #renderNow(scale: Scale, height: string) {
    const x = scale.x(this.session.end);
    if (!this.live || x < 0 || x > scale.width) return nothing;
    return svg`<line class="now" x1=${x} x2=${x} y1="0" y2=${height}></line>`;
  }

  #renderRow(index: number, top: number, scale: Scale) {
    const row = this.#rows[index];
    if (row === undefined) return nothing;
    const size = rowSize(row, this.size);
    const isSelected = this.#isSelected(row);
    const isActive = index === this.active;
    return html`<div
      id="row-${index}"
      class="row ${row.kind}-row ${isActive ? 'active' : ''}"
      role="row"
      data-index=${index}
      aria-rowindex=${index + 2}
      aria-level=${row.kind === 'fetch' ? 1 : 2}
      aria-selected=${isSelected}
      aria-expanded=${
        row.kind === 'fetch' && hasChildren(row.fetch)
          ? row.isExpanded
          : nothing
      }
      style=${styleMap({
        blockSize: `${size.row}px`,
        transform: `translateY(${top}px)`,
      })}
    >
      <div class="cells" role="none">${rowCells(row)}</div>
      <div class="lane" role="gridcell">
        ${
          row.kind === 'fetch'
            ? html`<span class="visually-hidden"
                >${describeLane(row.fetch, this.session.end)}</span
              >`
            : nothing
        }
        <svg width=${scale.width} height=${size.lane} aria-hidden="true">
          ${this.#renderLane(row, scale, size.lane)}
        </svg>
      </div>
    </div>`;
  }

  #renderLane(row: Row, scale: Scale, height: number) {
    const calls = row.kind === 'record' ? [] : this.#callsOf(row.fetch);
    const context = {scale, now: this.session.end, calls};
    switch (row.kind) {
      case 'fetch':
        return fetchLane(row.fetch, row.isExpanded, context, height);
      case 'record':
        return recordLane(row.record, row.fetch, context, height);
      case 'event':
        return eventLane(row.event, context, height);
    }
  }

  #renderPill() {
    if (this.fetches.length === 0) return nothing;
    if (this.live && this.viewport.mode === 'free') {
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

  #meetFetches(): void {
    for (const fetch of this.fetches) {
      if (this.#expanded.has(fetch.key) || !hasChildren(fetch)) continue;
      this.#expanded.set(
        fetch.key,
        this.#expanded.size < UNFOLDED_AT_FIRST.fetches &&
          fetch.records.length <= UNFOLDED_AT_FIRST.children,
      );
    }
  }

  #rebuildRows(): void {
    const before = this.#rows;
    const activeKey = before[this.active]?.key;
    const rows = buildRows(
      this.fetches,
      (key) => this.#expanded.get(key) ?? false,
    );
    this.#rows = rows;
    const isSame =
      rows.length === before.length &&
      rows.every((row, index) => row.key === before[index]?.key) &&
      this.#layout === this.size;
    if (isSame) return;
    const added = rows.length - before.length;
    // What was there from the start is read from its beginning.
    this.#hasGrown = before.length > 0 && added > 0;
    if (!this.#stickToEnd && before.length > 0 && added > 0) {
      this.unseen += rows
        .slice(before.length)
        .filter((row) => row.kind === 'fetch').length;
    }
    this.#hasNewLayout = true;
    this.#layout = this.size;
    this.#tops = rowTops(rows, this.size);
    if (activeKey !== undefined && rows[this.active]?.key !== activeKey) {
      const moved = rows.findIndex((row) => row.key === activeKey);
      this.active = Math.max(0, moved);
    }
    // A new getItemKey is what makes the virtualizer measure again.
    const virtualizer = this.#virtual.getVirtualizer();
    virtualizer.setOptions({
      ...virtualizer.options,
      count: rows.length,
      estimateSize: (index) => {
        const row = rows[index];
        return row === undefined ? 26 : rowSize(row, this.size).row;
      },
      getItemKey: (index) => rows[index]?.key ?? index,
    });
  }

  #callsOf(fetch: FetchState): readonly CallState[] {
    return fetch.calls.flatMap((key) => {
      const call = this.calls.get(key);
      return call === undefined ? [] : [call];
    });
  }

  #middleOf(index: number): number {
    const row = this.#rows[index];
    if (row === undefined) return 0;
    const size = rowSize(row, this.size);
    return (this.#tops[index] ?? 0) + size.row - size.lane / 2;
  }

  #isSelected(row: Row): boolean {
    const {selection} = this;
    if (selection === undefined || selection.kind === 'entry') return false;
    if (selection.fetch !== row.fetch.key || selection.kind !== row.kind) {
      return false;
    }
    return (
      (selection.kind === 'fetch' && row.kind === 'fetch') ||
      (selection.kind === 'record' &&
        row.kind === 'record' &&
        selection.record === row.record.index) ||
      (selection.kind === 'event' &&
        row.kind === 'event' &&
        selection.event === row.event.key)
    );
  }

  /** What was selected elsewhere becomes the active row, and comes into view. */
  #activateSelection(): void {
    const index = this.#rows.findIndex((row) => this.#isSelected(row));
    if (index === -1 || index === this.active) return;
    this.active = index;
    this.#reveal = true;
  }

  #select(index: number): void {
    const row = this.#rows[index];
    if (row === undefined) return;
    this.dispatchEvent(new SelectEvent(selectionOf(row)));
  }

  #moveTo(index: number): void {
    const next = Math.min(Math.max(0, index), this.#rows.length - 1);
    this.active = next;
    this.#virtual.getVirtualizer().scrollToIndex(next);
    // What is open follows, except where it would cover the tree.
    if (this.selection !== undefined && this.size !== 'narrow') {
      this.#select(next);
    }
  }

  #toggle(row: Row | undefined, isOpen?: boolean): boolean {
    if (row?.kind !== 'fetch' || !hasChildren(row.fetch)) return false;
    const next = isOpen ?? !row.isExpanded;
    if (next === row.isExpanded) return false;
    this.#expanded.set(row.fetch.key, next);
    this.requestUpdate();
    return true;
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const handled = event.shiftKey
      ? this.#handleShiftKey(event.key)
      : this.#handleKey(event.key);
    if (handled) event.preventDefault();
  }

  #handleShiftKey(key: string): boolean {
    if (key === '+') this.zoom(0.8);
    else if (key === 'ArrowLeft') this.pan(-0.1);
    else if (key === 'ArrowRight') this.pan(0.1);
    else return false;
    return true;
  }

  #handleKey(key: string): boolean {
    const row = this.#rows[this.active];
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / 26) - 2);
    switch (key) {
      case 'ArrowDown':
        this.#moveTo(this.active + 1);
        return true;
      case 'ArrowUp':
        this.#moveTo(this.active - 1);
        return true;
      case 'PageDown':
        this.#moveTo(this.active + page);
        return true;
      case 'PageUp':
        this.#moveTo(this.active - page);
        return true;
      case 'Home':
        this.#moveTo(0);
        return true;
      case 'End':
        this.#moveTo(this.#rows.length - 1);
        return true;
      case 'ArrowRight':
        if (!this.#toggle(row, true)) this.#moveTo(this.active + 1);
        return true;
      case 'ArrowLeft':
        if (!this.#toggle(row, false)) this.#moveToParent();
        return true;
      case 'Enter':
      case ' ':
        this.#select(this.active);
        return true;
      case 'Escape':
        if (this.selection === undefined) return false;
        this.dispatchEvent(new SelectEvent(undefined));
        return true;
      case '+':
      case '=':
        this.zoom(0.8);
        return true;
      case '-':
        this.zoom(1.25);
        return true;
      case '0':
        this.fit();
        return true;
      case 'f':
        this.follow();
        return true;
      default:
        return false;
    }
  }

  #moveToParent(): void {
    let index = this.active;
    while (index > 0 && this.#rows[index]?.kind !== 'fetch') index -= 1;
    this.#moveTo(index);
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
    const isTwisty = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches('.twisty'));
    if (isTwisty && this.#toggle(this.#rows[index])) return;
    this.#select(index);
  }

  #handleDoubleClick(event: MouseEvent): void {
    const row = this.#rows[this.#indexOf(event) ?? -1];
    if (row !== undefined) this.zoomTo(row.fetch);
  }

  #handleScroll(): void {
    const {scrollTop, clientHeight, scrollHeight} = this.scroller;
    this.#stickToEnd = scrollTop + clientHeight >= scrollHeight - 4;
    if (this.#stickToEnd && this.unseen > 0) this.unseen = 0;
  }

  readonly #handleWheel = (event: WheelEvent): void => {
    const axis = this.renderRoot.querySelector('.axis');
    if (axis === null) return;
    const {left, width} = axis.getBoundingClientRect();
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      const span = resolveViewport(this.viewport, this.session);
      const at = createScale(span, width).at(event.clientX - left);
      this.zoom(Math.exp(event.deltaY * 0.002), at);
    } else if (
      event.shiftKey ||
      Math.abs(event.deltaX) > Math.abs(event.deltaY)
    ) {
      event.preventDefault();
      const by = event.deltaX === 0 ? event.deltaY : event.deltaX;
      this.pan(by / Math.max(1, width));
    }
  };

  #handleAxisDrag(event: PointerEvent): void {
    const axis = event.currentTarget;
    if (!(axis instanceof HTMLElement) || event.button !== 0) return;
    axis.setPointerCapture(event.pointerId);
    let last = event.clientX;
    const width = Math.max(1, axis.clientWidth);
    const ended = new AbortController();
    axis.addEventListener(
      'pointermove',
      (move) => {
        this.pan((last - move.clientX) / width);
        last = move.clientX;
      },
      {signal: ended.signal},
    );
    axis.addEventListener('lostpointercapture', () => ended.abort(), {
      signal: ended.signal,
    });
  }

  #handleView(event: ViewEvent): void {
    event.stopPropagation();
    if (lengthOf(event.span) <= 0) return;
    this.viewport = {mode: 'free', span: event.span};
  }
}

function selectionOf(row: Row): Selection {
  const fetch = row.fetch.key;
  switch (row.kind) {
    case 'fetch':
      return {kind: 'fetch', fetch};
    case 'record':
      return {kind: 'record', fetch, record: row.record.index};
    case 'event':
      return {kind: 'event', fetch, event: row.event.key};
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-timeline': Timeline;
  }
}
