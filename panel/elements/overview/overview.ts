import {css, html, LitElement, nothing, svg, type PropertyValues} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import type {Outage} from '../../../inspector-core/projections/state.js';
import {followDrag} from '../../controllers/follow-drag.js';
import {SizeController} from '../../controllers/size-controller.js';
import {ViewEvent} from '../../events/view-event.js';
import {formatRate} from '../../format/format.js';
import {base} from '../../styles/base.js';
import {tokens} from '../../styles/tokens.js';
import {
  areaPath,
  binRates,
  createScale,
  lengthOf,
  resolveViewport,
  stretch,
  type TimeSpan,
} from '../../timeline/timeline.js';

/** Two pixels a bin: finer cannot be seen. */
const BIN = 2;
/** The whole session is summed up no more often than this, in milliseconds. */
const REST = 200;

/**
 * @summary The rate of bytes over the whole session, with a brush for the part
 * that the lanes show. The keyboard does the same on the timeline itself.
 * @event bgf-view - Another part was chosen.
 */
@customElement('bgf-overview')
export class Overview extends LitElement {
  static override styles = [
    tokens,
    base,
    css`
      :host {
        position: relative;
        overflow: hidden;
        background: var(--bgf-surface);
        cursor: crosshair;
        touch-action: none;
      }
      svg {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
      }
      .area {
        fill: var(--bgf-pale);
      }
      .outage {
        fill: var(--bgf-error);
        opacity: 0.25;
      }
      .outside {
        fill: var(--bgf-text);
        opacity: 0.06;
      }
      .edge {
        stroke: var(--bgf-accent);
        stroke-width: 2;
      }
      .peak {
        position: absolute;
        inset-block-start: 2px;
        inset-inline-start: 6px;
        font-size: 11px;
        color: var(--bgf-subtle);
        pointer-events: none;
      }
    `,
  ];

  @property({attribute: false}) fetches: readonly FetchState[] = [];
  @property({attribute: false}) session: TimeSpan = {start: 0, end: 1_000};
  /** Times without a network, by the conditions. */
  @property({attribute: false}) outages: readonly Outage[] = [];
  /** The part that the lanes show. */
  @property({attribute: false}) view: TimeSpan = {start: 0, end: 1_000};

  readonly #size = new SizeController(this);
  #rates: Float64Array = new Float64Array(0);
  #rated: {readonly span: TimeSpan; readonly at: number} | undefined;
  #later: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#later);
    this.#later = undefined;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    const bins = Math.floor(this.#size.width / BIN);
    const span = this.#span;
    const isOther =
      this.#rates.length !== bins ||
      span.start !== this.#rated?.span.start ||
      span.end !== this.#rated.span.end;
    if (!isOther && !changed.has('fetches')) return;
    const now = performance.now();
    if (!isOther && now - (this.#rated?.at ?? 0) < REST) {
      this.#later ??= setTimeout(() => {
        this.#later = undefined;
        this.#rated = undefined;
        this.requestUpdate();
      }, REST);
      return;
    }
    this.#rates = binRates(this.fetches, span, bins);
    this.#rated = {span, at: now};
  }

  override render() {
    const {width, height} = this.#size;
    const peak = this.#rates.reduce((most, rate) => Math.max(most, rate), 0);
    const room = Math.max(0, height - 15);
    const points = Array.from(this.#rates, (rate, bin) => ({
      x: bin * BIN,
      y: height - (peak === 0 ? 0 : (rate / peak) * room),
    }));
    const scale = createScale(this.#span, width);
    const from = Math.max(0, scale.x(this.view.start));
    const to = Math.min(width, scale.x(this.view.end));
    const isPart = from > 1 || to < width - 1;
    return html`
      <svg
        role="img"
        aria-label="Rate over the session, at most ${formatRate(peak)}"
        @pointerdown=${this.#handlePointerdown}
        @dblclick=${() => this.dispatchEvent(new ViewEvent(this.#span))}
      >
        ${this.outages.map(({from: begin, to: finish}) => {
          const place = stretch(scale, begin, finish ?? this.session.end);
          return place === undefined
            ? nothing
            : svg`<rect class="outage" x=${place.x} y="0" width=${place.width} height="100%"></rect>`;
        })}
        ${
          peak === 0
            ? nothing
            : svg`<path class="area" d=${areaPath(points, height)}></path>`
        }
        ${
          isPart
            ? svg`<rect class="outside" x="0" y="0" width=${from} height="100%"></rect>
              <rect class="outside" x=${to} y="0" width=${Math.max(0, width - to)} height="100%"></rect>
              <line class="edge" x1=${from} x2=${from} y1="0" y2="100%"></line>
              <line class="edge" x1=${to} x2=${to} y1="0" y2="100%"></line>`
            : nothing
        }
      </svg>
      ${
        peak === 0
          ? nothing
          : html`<span class="peak">${formatRate(peak)}</span>`
      }
    `;
  }

  /** As the lanes show it when all of it fits, so that both line up. */
  get #span(): TimeSpan {
    return resolveViewport({mode: 'fit'}, this.session);
  }

  /** Inside the brush moves it, elsewhere a new one is drawn. */
  #handlePointerdown(down: PointerEvent): void {
    const {left} = this.getBoundingClientRect();
    const scale = createScale(this.#span, this.#size.width);
    const start = scale.at(down.clientX - left);
    const view = this.view;
    const isWhole = lengthOf(view) >= lengthOf(this.#span) * 0.98;
    const isInside = !isWhole && start > view.start && start < view.end;
    followDrag(this, down, (move) => {
      if (Math.abs(move.clientX - down.clientX) < 3) return;
      const at = scale.at(move.clientX - left);
      this.dispatchEvent(
        new ViewEvent(
          isInside
            ? {start: view.start + at - start, end: view.end + at - start}
            : {start: Math.min(start, at), end: Math.max(start, at)},
        ),
      );
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-overview': Overview;
  }
}
