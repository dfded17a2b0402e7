import {css, html, LitElement, nothing, svg} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import type {
  BytePoint,
  FetchState,
} from '../../../inspector-core/projections/fetch-state.js';
import {SizeController} from '../../controllers/size-controller.js';
import {
  formatBytes,
  formatExactBytes,
  formatTime,
  type TimeFormat,
} from '../../format/format.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import {
  areaPath,
  binCurve,
  createScale,
  isWhole,
  linePath,
  ticksOf,
  type Direction,
} from '../../timeline/timeline.js';
import '../data-grid/data-grid.js';
import type {Column, GridRows} from '../data-grid/data-grid.js';

const LEFT = 64;
const RIGHT = 12;
const BOTTOM = 18;
const TOP = 8;

/**
 * @summary The bytes of one fetch over its life, as a curve or as a table.
 */
@customElement('bgf-byte-chart')
export class ByteChart extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    css`
      :host {
        display: flex;
        flex-direction: column;
        block-size: 100%;
        min-block-size: 0;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 12px;
        padding: 2px 8px;
      }
      .key {
        display: inline-flex;
        align-items: center;
        gap: 4px;
      }
      .key::before {
        content: '';
        inline-size: 12px;
        border-block-start: 2px solid var(--bgf-accent-bright);
      }
      .key.uploaded::before {
        border-color: var(--bgf-upload);
        border-block-start-style: dashed;
      }
      .space {
        flex: 1;
      }
      .plot {
        position: relative;
        flex: 1;
        min-block-size: 60px;
        overflow: hidden;
      }
      .plot svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      text {
        fill: var(--bgf-subtle);
        font-size: 11px;
      }
      .line {
        stroke: var(--bgf-grid);
      }
      .total {
        stroke: var(--bgf-outline);
        stroke-dasharray: 4 3;
      }
      .curve {
        fill: none;
        stroke: var(--bgf-accent-bright);
        stroke-width: 1.75;
      }
      .curve.uploaded {
        stroke: var(--bgf-upload);
        stroke-dasharray: 6 3;
      }
      .area {
        fill: var(--bgf-accent-bright);
        opacity: 0.12;
      }
      bgf-data-grid {
        flex: 1;
      }
    `,
  ];

  @property({attribute: false}) fetch: FetchState | undefined;
  @property({type: Number}) now = 0;
  @property({type: Number}) origin = 0;
  @property({attribute: false}) timeFormat: TimeFormat = 'relative';

  /** Only the curve. */
  @property({type: Boolean, reflect: true}) compact = false;

  @state() private asTable = false;

  readonly #size = new SizeController(
    this,
    () => this.renderRoot.querySelector('.plot') ?? undefined,
  );

  override render() {
    const {fetch} = this;
    if (fetch === undefined) return nothing;
    if (this.compact) return this.#renderPlot(fetch);
    return html`
      <div class="head">
        <span class="key">Downloaded</span>
        ${
          fetch.uploadTotal > 0
            ? html`<span class="key uploaded">Uploaded</span>`
            : nothing
        }
        <span class="space"></span>
        <label class="check"
          ><input
            type="checkbox"
            .checked=${this.asTable}
            @change=${() => {
              this.asTable = !this.asTable;
            }}
          />As a table</label
        >
      </div>
      ${this.asTable ? this.#renderTable(fetch) : this.#renderPlot(fetch)}
    `;
  }

  #renderTable(fetch: FetchState) {
    const rows: GridRows<BytePoint> = {
      count: fetch.curve.length,
      at: (index) => fetch.curve[index],
      keyOf: (index) => index,
    };
    const columns: readonly Column<BytePoint>[] = [
      {
        label: 'Time',
        track: '120px',
        align: 'end',
        mono: true,
        text: ({at}) => formatTime(at, this.origin, this.timeFormat),
      },
      {
        label: 'Downloaded',
        track: 'minmax(0, 140px)',
        align: 'end',
        mono: true,
        text: ({downloaded}) => formatExactBytes(downloaded),
      },
      {
        label: 'Uploaded',
        track: 'minmax(0, 1fr)',
        mono: true,
        text: ({uploaded}) => formatExactBytes(uploaded),
      },
    ];
    return html`<bgf-data-grid
      label="Bytes"
      .columns=${columns}
      .rows=${rows}
    ></bgf-data-grid>`;
  }

  #renderPlot(fetch: FetchState) {
    const width = Math.max(0, this.#size.width - LEFT - RIGHT);
    const height = Math.max(0, this.#size.height - BOTTOM - TOP);
    const end = Math.max(fetch.settledAt ?? this.now, fetch.openedAt + 1);
    const scale = createScale({start: fetch.openedAt, end}, width);
    const promised = Math.max(fetch.downloadTotal, fetch.uploadTotal);
    // The browser takes bytes back when it gives up: the peak is in the curve.
    const peak = fetch.curve.reduce(
      (most, {downloaded, uploaded}) => Math.max(most, downloaded, uploaded),
      1,
    );
    const total = Math.max(promised, peak) * 1.05;
    const draw = (direction: Direction) =>
      binCurve(fetch.curve, direction, scale, {total, height});
    const downloaded = draw('downloaded');
    const y = (bytes: number) => height * (1 - bytes / total);
    return html`<div class="plot">
      <svg
        role="img"
        aria-label="${formatBytes(fetch.downloaded)} downloaded, ${formatBytes(
          fetch.uploaded,
        )} uploaded"
      >
        <g transform="translate(${LEFT} ${TOP})">
          ${[0, 0.25, 0.5, 0.75, 1].map((share) => {
            const bytes = (total / 1.05) * share;
            return svg`<line class="line" x1="0" x2=${width} y1=${y(bytes)} y2=${y(bytes)}></line><text x="-6" y=${y(bytes) + 4} text-anchor="end">${formatBytes(bytes)}</text>`;
          })}
          ${ticksOf(scale, this.origin, this.timeFormat).map(
            ({x, label}) =>
              svg`<line class="line" x1=${x} x2=${x} y1="0" y2=${height}></line>${isWhole(label, x + 3, width + RIGHT) ? svg`<text x=${x + 3} y=${height + 13}>${label}</text>` : nothing}`,
          )}
          ${
            promised > 0
              ? svg`<line class="total" x1="0" x2=${width} y1=${y(promised)} y2=${y(promised)}></line>`
              : nothing
          }
          <path class="area" d=${areaPath(downloaded, height)}></path>
          <path class="curve" d=${linePath(downloaded)}></path>
          ${
            fetch.uploadTotal > 0
              ? svg`<path class="curve uploaded" d=${linePath(draw('uploaded'))}></path>`
              : nothing
          }
        </g>
      </svg>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-byte-chart': ByteChart;
  }
}
