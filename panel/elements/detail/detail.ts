import {
  html,
  LitElement,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import type {LogEntry} from '../../../inspector-core/protocol/protocol.js';
import {SelectEvent, type Selection} from '../../events/select-event.js';
import {formatCount} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import type {DetailContext} from '../../templates/detail-context.js';
import {entrySummary} from '../../templates/entry-summary.js';
import {eventSummary} from '../../templates/event-summary.js';
import {fetchSummary} from '../../templates/fetch-summary.js';
import {backIcon, closeIcon} from '../../templates/icons.js';
import {recordSummary} from '../../templates/record-summary.js';
import {callsOf} from '../../timeline/timeline.js';
import '../byte-chart/byte-chart.js';
import '../data-grid/data-grid.js';
import type {RowEvent} from '../data-grid/data-grid.js';
import {callColumns, eventColumns, listRows, recordColumns} from './columns.js';
import {styles} from './detail.styles.js';
import {renderCrumbs} from './render-crumbs.js';

type TabName = 'summary' | 'records' | 'bytes' | 'events' | 'calls';

interface Tab {
  readonly name: TabName;
  readonly label: string;
  readonly count?: number;
}

/**
 * @summary All about the selected fetch, record, worker event or entry. It
 * opens with a sentence that says what happened.
 * @event bgf-select - Another part was chosen, or the pane was closed.
 */
@customElement('bgf-detail')
export class Detail extends LitElement {
  static override styles = [tokens, base, controls, styles];

  @property({attribute: false}) selection: Selection | undefined;
  @property({attribute: false}) context: DetailContext | undefined;
  /** The selected entry, when it is one. */
  @property({attribute: false}) entry: LogEntry | undefined;
  /** Slid over the tree: closing it goes back. */
  @property({type: Boolean, reflect: true}) over = false;

  @state() private tab: TabName = 'summary';

  override updated(changed: PropertyValues): void {
    if (!changed.has('tab')) return;
    this.renderRoot
      .querySelector(`[data-tab="${this.tab}"]`)
      ?.scrollIntoView({block: 'nearest', inline: 'nearest'});
  }

  override render() {
    const {context, selection} = this;
    if (context === undefined || selection === undefined) return nothing;
    if (selection.kind === 'entry') {
      return this.#renderFrame(
        [],
        this.entry === undefined
          ? gone('This entry has left the log.')
          : entrySummary(this.entry, context),
      );
    }
    const fetch = context.state.fetches.all.get(selection.fetch);
    if (fetch === undefined) {
      return this.#renderFrame([], gone('This fetch was cleared.'));
    }
    switch (selection.kind) {
      case 'fetch':
        return this.#renderFetch(fetch, context);
      case 'record': {
        const record = fetch.records[selection.record];
        return this.#renderFrame(
          [],
          record === undefined
            ? gone('This record is not known any more.')
            : recordSummary(record, fetch, context),
          fetch,
        );
      }
      case 'event': {
        const event = fetch.events.find(({key}) => key === selection.event);
        return this.#renderFrame(
          [],
          event === undefined
            ? gone('This event is not known any more.')
            : eventSummary(event, fetch, context),
          fetch,
        );
      }
    }
  }

  #renderFetch(fetch: FetchState, context: DetailContext) {
    const tabs: readonly Tab[] = [
      {name: 'summary', label: 'Summary'},
      {name: 'records', label: 'Records', count: fetch.records.length},
      {name: 'bytes', label: 'Bytes'},
      {name: 'events', label: 'Events', count: fetch.events.length},
      {name: 'calls', label: 'Calls', count: fetch.calls.length},
    ];
    return this.#renderFrame(tabs, this.#renderTab(fetch, context));
  }

  #renderTab(fetch: FetchState, context: DetailContext): TemplateResult {
    switch (this.tab) {
      case 'summary':
        return fetchSummary(fetch, context);
      case 'records':
        return html`<bgf-data-grid
          label="Records"
          .columns=${recordColumns(fetch)}
          .rows=${listRows(fetch.records, (record) => record.index)}
          @bgf-row=${(event: RowEvent) =>
            this.#select({
              kind: 'record',
              fetch: fetch.key,
              record: event.index,
            })}
        ></bgf-data-grid>`;
      case 'bytes':
        return html`<bgf-byte-chart
          .fetch=${fetch}
          .now=${context.now}
          .origin=${context.origin}
          .timeFormat=${context.timeFormat}
        ></bgf-byte-chart>`;
      case 'events':
        return fetch.events.length === 0
          ? gone(
              'The service worker was told nothing yet. Events come when the fetch ends, or when its notification is clicked.',
            )
          : html`<bgf-data-grid
              label="Events"
              .columns=${eventColumns(context)}
              .rows=${listRows(fetch.events, ({key}) => key)}
              @bgf-row=${(event: RowEvent) => {
                const key = fetch.events[event.index]?.key;
                if (key !== undefined) {
                  this.#select({kind: 'event', fetch: fetch.key, event: key});
                }
              }}
            ></bgf-data-grid>`;
      case 'calls': {
        const calls = callsOf(fetch, context.state.calls);
        return html`<bgf-data-grid
          label="Calls"
          .columns=${callColumns(context)}
          .rows=${listRows(calls, ({key}) => key)}
        ></bgf-data-grid>`;
      }
    }
  }

  #renderFrame(
    tabs: readonly Tab[],
    content: TemplateResult,
    parent?: FetchState,
  ) {
    const isGrid = tabs.length > 0 && this.tab !== 'summary';
    return html`
      <div class="bar">
        ${
          this.over
            ? html`<button
                class="icon-only"
                title=${strings.back}
                aria-label=${strings.back}
                @click=${() => this.#select(undefined)}
              >
                ${backIcon}
              </button>`
            : nothing
        }
        ${
          tabs.length > 0
            ? html`<div
                role="tablist"
                aria-label="About the fetch"
                @keydown=${(event: KeyboardEvent) =>
                  this.#handleTabKey(event, tabs)}
              >
                ${tabs.map((tab) => this.#renderTabButton(tab))}
              </div>`
            : renderCrumbs(this.selection, parent)
        }
        ${
          this.over
            ? nothing
            : html`<button
                class="icon-only"
                title=${strings.close}
                aria-label=${strings.close}
                @click=${() => this.#select(undefined)}
              >
                ${closeIcon}
              </button>`
        }
      </div>
      <div
        class="body ${isGrid ? 'grid' : ''}"
        role=${tabs.length > 0 ? 'tabpanel' : 'region'}
        aria-label=${
          tabs.find((tab) => tab.name === this.tab)?.label ?? 'Detail'
        }
        tabindex=${isGrid ? nothing : 0}
      >
        ${content}
      </div>
    `;
  }

  #renderTabButton({name, label, count}: Tab) {
    const isSelected = name === this.tab;
    return html`<button
      class="tab"
      role="tab"
      data-tab=${name}
      aria-selected=${isSelected}
      tabindex=${isSelected ? 0 : -1}
      @click=${() => {
        this.tab = name;
      }}
    >
      ${label}
      ${
        count === undefined
          ? nothing
          : html`<span class="count">${formatCount(count)}</span>`
      }
    </button>`;
  }

  #select(selection: Selection | undefined): void {
    this.dispatchEvent(new SelectEvent(selection));
  }

  async #handleTabKey(
    event: KeyboardEvent,
    tabs: readonly Tab[],
  ): Promise<void> {
    const step =
      event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = tabs.findIndex(({name}) => name === this.tab);
    const next = tabs[(index + step + tabs.length) % tabs.length];
    if (next === undefined) return;
    this.tab = next.name;
    await this.updateComplete;
    this.renderRoot
      .querySelector<HTMLElement>(`[data-tab="${next.name}"]`)
      ?.focus();
  }
}

const gone = (text: string): TemplateResult =>
  html`<p class="none">${text}</p>`;

declare global {
  interface HTMLElementTagNameMap {
    'bgf-detail': Detail;
  }
}
