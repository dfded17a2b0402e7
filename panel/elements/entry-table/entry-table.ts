import {css, html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, query} from 'lit/decorators.js';
import {
  inspectorProjection,
  type FetchesState,
} from '../../../inspector-core/projections/projections.js';
import type {LogEntry} from '../../../inspector-core/protocol/protocol.js';
import type {Inspector} from '../../../inspector-core/store/inspector.js';
import {createFrameTask, DRAWING_REST} from '../../controllers/frame-task.js';
import {SelectEvent} from '../../events/select-event.js';
import {
  EntryIndex,
  fetchKeyOf,
  idOf,
  type Filter,
} from '../../filter/filter.js';
import {
  formatCount,
  formatEntrySummary,
  formatTime,
  visibleText,
  type TimeFormat,
} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import '../data-grid/data-grid.js';
import type {
  Column,
  DataGrid,
  GridRows,
  RowEvent,
} from '../data-grid/data-grid.js';
import type {PanelSize} from '../timeline/row-heights.js';

/** Milliseconds of a frame that looking for matches may take. */
const BUDGET = 4;

const BAD_TYPES: ReadonlySet<string> = new Set([
  'entries-missed',
  'entries-rejected',
  'hook-faulted',
]);

const isBad = ({fact}: LogEntry): boolean =>
  BAD_TYPES.has(fact.type) ||
  ('outcome' in fact && fact.outcome.status === 'rejected');

/**
 * @summary Every entry of the log, newest last, as the filter leaves them.
 * @event bgf-select - An entry was chosen.
 */
@customElement('bgf-entry-table')
export class EntryTable extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    css`
      :host {
        position: relative;
        display: flex;
        flex-direction: column;
        min-block-size: 0;
      }
      bgf-data-grid {
        flex: 1;
      }
      .pill {
        position: absolute;
        inset-block-end: 8px;
        inset-inline-end: 20px;
        padding: 3px 10px;
        border: 1px solid var(--bgf-outline);
        border-radius: 14px;
        background: var(--bgf-surface);
      }
      .none {
        position: absolute;
        inset: 60px 16px auto;
        text-align: center;
        color: var(--bgf-subtle);
      }
    `,
  ];

  @property({attribute: false}) log: Inspector['log'] | undefined;
  @property({attribute: false}) fetches: FetchesState | undefined;
  @property({attribute: false}) filter: Filter | undefined;
  /** The log's index of the selected entry. */
  @property({attribute: false}) selected: number | undefined;
  @property({attribute: false}) timeFormat: TimeFormat = 'relative';
  /** What relative times count from. */
  @property({type: Number}) origin = 0;
  @property({reflect: true}) size: PanelSize = 'wide';

  @query('bgf-data-grid') private grid!: DataGrid<LogEntry>;

  #index: EntryIndex | undefined;
  #chosenHere: number | undefined;
  #outcomes = '';
  #following = new AbortController();
  readonly #draw = createFrameTask(() => this.requestUpdate(), DRAWING_REST);
  readonly #look = createFrameTask(() => {
    if (this.#index?.advance(BUDGET) === true) this.#look.schedule();
    this.#draw.schedule();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#following.abort();
    this.#look.cancel();
    this.#draw.cancel();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('log')) {
      this.#index =
        this.log === undefined || this.fetches === undefined
          ? undefined
          : new EntryIndex(this.log, () => this.fetches ?? NEVER);
      this.#follow();
    }
    // Whoever asked for it, this drawing shows all that was found.
    this.#draw.cancel();
    if (this.#index === undefined) return;
    this.#index.filter = this.filter;
    this.#noticeOutcomes();
    if (changed.has('log') || changed.has('filter'))
      this.#index.advance(BUDGET);
    if (!this.#index.isComplete) this.#look.schedule();
  }

  override render() {
    const index = this.#index;
    if (index === undefined || this.log === undefined) return nothing;
    const {log} = this;
    const rows: GridRows<LogEntry> = {
      count: index.count,
      removed: index.removed,
      at: (row) => log.at(index.indexAt(row) ?? -1),
      keyOf: (row) => index.indexAt(row) ?? -row,
    };
    return html`
      <bgf-data-grid
        label=${strings.entries}
        follow
        .columns=${this.#columns}
        .rows=${rows}
        .selected=${this.selected}
        @bgf-row=${this.#handleRow}
        @bgf-at-end=${() => this.requestUpdate()}
      ></bgf-data-grid>
      ${
        index.count === 0 && index.isComplete
          ? html`<p class="none">
              ${
                this.filter === undefined
                  ? 'No entries yet.'
                  : 'No entry matches the filter.'
              }
            </p>`
          : nothing
      }
      ${
        this.hasUpdated && !this.grid.atEnd
          ? html`<div class="pill">
              <button class="link" @click=${() => this.grid.scrollToEnd()}>
                ${strings.newestEntries}
              </button>
            </div>`
          : nothing
      }
    `;
  }

  override updated(changed: PropertyValues<this>): void {
    const {selected} = this;
    if (!changed.has('selected') || selected === undefined) return;
    if (selected !== this.#chosenHere) this.reveal(selected);
    this.#chosenHere = undefined;
  }

  /** Brings an entry into view, or where it would be if the filter showed it. */
  reveal(entry: number): void {
    const row = this.#index?.rowOf(entry);
    if (row === undefined) return;
    void this.grid.updateComplete.then(() => this.grid.scrollToRow(row));
  }

  get #columns(): readonly Column<LogEntry>[] {
    const time: Column<LogEntry> = {
      label: 'Time',
      track: '88px',
      align: 'end',
      mono: true,
      text: (entry) => formatTime(entry.at, this.origin, this.timeFormat),
    };
    const fetch: Column<LogEntry> = {
      label: 'Fetch',
      track: 'minmax(60px, 0.3fr)',
      text: (entry) => visibleText(this.#idOf(entry), 120),
    };
    const {number, source, type, summary} = COLUMNS;
    // Narrow, what an entry is about and what it says share one column.
    return this.size === 'narrow'
      ? [
          {...time, track: '72px'},
          {...type, track: 'minmax(80px, 0.7fr)'},
          {
            ...summary,
            text: (entry) =>
              [visibleText(this.#idOf(entry), 60), summary.text(entry)]
                .filter((part) => part !== '')
                .join(': '),
          },
        ]
      : [number, time, source, type, fetch, summary];
  }

  /** `is:failed` holds for entries that came before the fetch failed, too. */
  #noticeOutcomes(): void {
    const asksForOutcome = this.filter?.terms.some(
      (term) => term.kind === 'key' && ['is', 'reason'].includes(term.key),
    );
    if (asksForOutcome !== true || this.fetches === undefined) return;
    const phases = Array.from(this.fetches.all.values(), ({phase}) => phase);
    const outcomes = phases.join();
    if (outcomes !== this.#outcomes) this.#index?.restart();
    this.#outcomes = outcomes;
  }

  #idOf(entry: LogEntry): string {
    const own = idOf(entry.fact);
    if (own !== undefined || this.fetches === undefined) return own ?? '';
    const key = fetchKeyOf(entry, this.fetches);
    return key === undefined ? '' : (this.fetches.all.get(key)?.id ?? '');
  }

  #follow(): void {
    this.#following.abort();
    this.#following = new AbortController();
    if (!this.isConnected) return;
    this.log?.subscribe(() => this.#look.schedule(), {
      signal: this.#following.signal,
    });
  }

  #handleRow(event: RowEvent): void {
    event.stopPropagation();
    const index = this.#index?.indexAt(event.index);
    if (index === undefined) return;
    this.#chosenHere = index;
    this.dispatchEvent(new SelectEvent({kind: 'entry', index}));
  }
}

/** What is known while the panel has told of no fetch. */
const NEVER: FetchesState = inspectorProjection.initial.fetches;

const COLUMNS = {
  number: {
    label: '#',
    track: '68px',
    align: 'end',
    mono: true,
    text: (entry) => formatCount(entry.index),
  },
  source: {
    label: 'Source',
    track: '104px',
    text: (entry) => entry.source.kind,
  },
  type: {
    label: 'Type',
    track: 'minmax(100px, 164px)',
    text: (entry) => entry.fact.type,
    isError: isBad,
  },
  summary: {
    label: 'Summary',
    track: 'minmax(0, 1fr)',
    text: (entry) => visibleText(formatEntrySummary(entry), 300),
  },
} satisfies Readonly<Record<string, Column<LogEntry>>>;

declare global {
  interface HTMLElementTagNameMap {
    'bgf-entry-table': EntryTable;
  }
}
