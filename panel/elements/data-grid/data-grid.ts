import {VirtualizerController} from '@tanstack/lit-virtual';
import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import {SizeController} from '../../controllers/size-controller.js';
import {base} from '../../styles/base.js';
import {rows} from '../../styles/rows.js';
import {tokens} from '../../styles/tokens.js';
import {styles} from './data-grid.styles.js';

export interface Column<T> {
  readonly label: string;
  /** A CSS grid track, such as `80px` or `minmax(0, 1fr)`. */
  readonly track: string;
  readonly align?: 'end';
  readonly mono?: boolean;
  /** Left out where there is little room: the rest tells more. */
  readonly isSpare?: boolean;
  /** Safe to look at: strangers' text has been through `visibleText`. */
  readonly text: (row: T, index: number) => string;
  readonly isError?: (row: T) => boolean;
}

/** Rows by number, so that a hundred thousand need not be copied to be shown. */
export interface GridRows<T> {
  readonly count: number;
  readonly at: (index: number) => T | undefined;
  /** Stays with a row while others come and go. */
  readonly keyOf: (index: number) => string | number;
  /** How many rows ever went from the top: what is looked at stays in place. */
  readonly removed?: number;
}

/** A row was chosen. */
export class RowEvent extends Event {
  readonly index: number;

  constructor(index: number) {
    super('bgf-row', {bubbles: true, composed: true});
    this.index = index;
  }
}

const ROW = 20;
const HEAD = 22;
/** Pixels below which spare columns are left out. */
const LITTLE = 480;

const NO_ROWS: GridRows<never> = {
  count: 0,
  at: () => undefined,
  keyOf: (index) => index,
};

/**
 * @summary A table of equal rows, of which only the visible ones exist. Focus
 * stays on the table; the active row is told by aria-activedescendant, so that
 * nothing is lost when a row scrolls out of existence.
 * @event bgf-row - A row was chosen.
 */
@customElement('bgf-data-grid')
export class DataGrid<T = unknown> extends LitElement {
  static override styles = [tokens, base, rows, styles];

  @property({attribute: false}) columns: readonly Column<T>[] = [];
  @property({attribute: false}) rows: GridRows<T> = NO_ROWS;
  /** Key of the selected row. */
  @property({attribute: false}) selected: string | number | undefined;
  @property() label = '';
  /** Stays at the newest row while the user is there. */
  @property({type: Boolean}) follow = false;
  /** Whether the newest row is in view. */
  @property({type: Boolean, reflect: true, attribute: 'at-end'}) atEnd = true;

  @state() private active = -1;

  @query('.scroller') private scroller!: HTMLElement;

  readonly #virtual: VirtualizerController<HTMLElement, HTMLElement> =
    new VirtualizerController<HTMLElement, HTMLElement>(this, {
      getScrollElement: (): HTMLElement | null =>
        this.renderRoot.querySelector<HTMLElement>('.scroller'),
      count: 0,
      estimateSize: () => ROW,
      overscan: 10,
      scrollMargin: HEAD,
      scrollPaddingStart: HEAD,
    });
  readonly #size = new SizeController(this);
  #removed = 0;
  #shift = 0;

  scrollToEnd(): void {
    this.atEnd = true;
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  scrollToRow(index: number): void {
    this.active = index;
    this.#virtual.getVirtualizer().scrollToIndex(index, {align: 'auto'});
    this.#handleScroll();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('rows')) return;
    const removed = this.rows.removed ?? 0;
    this.#shift += removed - this.#removed;
    if (this.active >= 0) {
      this.active = Math.max(-1, this.active - (removed - this.#removed));
    }
    this.#removed = removed;
    const virtualizer = this.#virtual.getVirtualizer();
    if (virtualizer.options.count !== this.rows.count) {
      virtualizer.setOptions({...virtualizer.options, count: this.rows.count});
    }
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('rows')) return;
    if (this.follow && this.atEnd) {
      this.scroller.scrollTop = this.scroller.scrollHeight;
    } else if (this.#shift > 0) {
      this.scroller.scrollTop -= this.#shift * ROW;
    }
    this.#shift = 0;
  }

  override render() {
    const columns = this.#shownColumns;
    const tracks = columns.map((column) => column.track).join(' ');
    const items = this.#virtual.getVirtualizer().getVirtualItems();
    const isActiveShown = items.some((item) => item.index === this.active);
    return html`<div
      class="scroller"
      role="grid"
      tabindex="0"
      aria-label=${this.label}
      aria-rowcount=${this.rows.count + 1}
      aria-colcount=${columns.length}
      aria-activedescendant=${isActiveShown ? `row-${this.active}` : nothing}
      @keydown=${this.#handleKeydown}
      @scroll=${this.#handleScroll}
    >
      <div class="head" role="rowgroup">
        <div
          class="cells"
          role="row"
          aria-rowindex="1"
          style=${styleMap({gridTemplateColumns: tracks})}
        >
          ${columns.map(
            (column) =>
              html`<div class="clip ${column.align ?? ''}" role="columnheader">
                ${column.label}
              </div>`,
          )}
        </div>
      </div>
      <div
        class="rows"
        role="rowgroup"
        style=${styleMap({blockSize: `${this.rows.count * ROW}px`})}
        @click=${this.#handleClick}
      >
        ${items.map(({index}) => this.#renderRow(index, columns, tracks))}
      </div>
    </div>`;
  }

  get #shownColumns(): readonly Column<T>[] {
    const {width} = this.#size;
    return width > 0 && width < LITTLE
      ? this.columns.filter((column) => column.isSpare !== true)
      : this.columns;
  }

  #renderRow(index: number, columns: readonly Column<T>[], tracks: string) {
    const row = this.rows.at(index);
    if (row === undefined) return nothing;
    const isSelected = this.selected === this.rows.keyOf(index);
    return html`<div
      id="row-${index}"
      class="cells row ${index === this.active ? 'active' : ''}"
      role="row"
      data-index=${index}
      aria-rowindex=${index + 2}
      aria-selected=${isSelected}
      style=${styleMap({
        gridTemplateColumns: tracks,
        transform: `translateY(${index * ROW}px)`,
      })}
    >
      ${columns.map((column) => {
        const text = column.text(row, index);
        return html`<div
          class="clip ${column.align ?? ''} ${
            column.mono === true ? 'mono' : ''
          } ${column.isError?.(row) === true ? 'error' : ''}"
          role="gridcell"
          dir="auto"
          title=${text}
        >
          ${text}
        </div>`;
      })}
    </div>`;
  }

  #moveTo(index: number): void {
    if (this.rows.count === 0) return;
    this.scrollToRow(Math.min(Math.max(0, index), this.rows.count - 1));
    if (this.selected !== undefined) this.#choose(this.active);
  }

  #choose(index: number): void {
    if (index < 0 || index >= this.rows.count) return;
    this.dispatchEvent(new RowEvent(index));
  }

  #handleKeydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / ROW) - 2);
    switch (event.key) {
      case 'ArrowDown':
        this.#moveTo(this.active + 1);
        break;
      case 'ArrowUp':
        this.#moveTo(this.active - 1);
        break;
      case 'PageDown':
        this.#moveTo(this.active + page);
        break;
      case 'PageUp':
        this.#moveTo(this.active - page);
        break;
      case 'Home':
        this.#moveTo(0);
        break;
      case 'End':
        this.#moveTo(this.rows.count - 1);
        this.scrollToEnd();
        break;
      case 'Enter':
      case ' ':
        this.#choose(this.active);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #handleClick(event: MouseEvent): void {
    const {target} = event;
    const row = target instanceof Element ? target.closest('.row') : null;
    if (!(row instanceof HTMLElement)) return;
    this.active = Number(row.dataset['index']);
    this.#choose(this.active);
  }

  #handleScroll(): void {
    const {scrollTop, clientHeight, scrollHeight} = this.scroller;
    const atEnd = scrollTop + clientHeight >= scrollHeight - 4;
    if (atEnd === this.atEnd) return;
    this.atEnd = atEnd;
    this.dispatchEvent(new Event('bgf-at-end', {bubbles: true}));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-data-grid': DataGrid;
  }
  interface HTMLElementEventMap {
    'bgf-row': RowEvent;
  }
}
