import {css, html, LitElement} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {followDrag} from '../../controllers/follow-drag.js';
import {base} from '../../styles/base.js';
import {tokens} from '../../styles/tokens.js';

/** The user gave the pane another size, or its own back. */
export class ResizeEvent extends Event {
  /** Pixels; `undefined` for what the pane takes by itself. */
  readonly value: number | undefined;

  constructor(value: number | undefined) {
    super('bgf-resize', {bubbles: true, composed: true});
    this.value = value;
  }
}

const STEP = 16;

/**
 * @summary A line that resizes a pane, by pointer or arrow keys: the one below
 * it or, where it is upright, the one before it. A double click undoes that.
 * @event bgf-resize - The size that the user asks for.
 */
@customElement('bgf-splitter')
export class Splitter extends LitElement {
  static override styles = [
    tokens,
    base,
    css`
      :host {
        position: relative;
        flex: none;
        block-size: 1px;
        background: var(--bgf-divider);
        z-index: 5;
      }
      div {
        position: absolute;
        inset: -4px 0;
        cursor: row-resize;
        touch-action: none;
      }
      div:focus-visible {
        outline: none;
        --line:
          transparent 3px, var(--bgf-accent-bright) 3px 6px, transparent 6px;
        background: linear-gradient(var(--line));
      }
      :host([orientation='vertical']) {
        block-size: auto;
        inline-size: 1px;
      }
      :host([orientation='vertical']) div {
        inset: 0 -4px;
        cursor: col-resize;
      }
      :host([orientation='vertical']) div:focus-visible {
        background: linear-gradient(to right, var(--line));
      }
      @media (forced-colors: active) {
        /* Backgrounds go: the line itself has to show where focus is. */
        div:focus-visible {
          outline: 2px solid Highlight;
          outline-offset: -3px;
        }
      }
    `,
  ];

  /** Which way the line runs. */
  @property({reflect: true}) orientation: 'horizontal' | 'vertical' =
    'horizontal';
  /** Size of the pane, in pixels. */
  @property({type: Number}) value = 230;
  @property({type: Number}) min = 90;
  @property({type: Number}) max = 600;
  @property() label = 'Size of the detail pane';

  override render() {
    return html`<div
      role="separator"
      tabindex="0"
      aria-orientation=${this.orientation}
      aria-label=${this.label}
      aria-valuenow=${Math.round(this.value)}
      aria-valuemin=${this.min}
      aria-valuemax=${Math.round(this.max)}
      @keydown=${this.#handleKeydown}
      @pointerdown=${this.#handlePointerdown}
      @dblclick=${() => this.dispatchEvent(new ResizeEvent(undefined))}
    ></div>`;
  }

  #resize(value: number): void {
    const next = Math.min(this.max, Math.max(this.min, value));
    this.dispatchEvent(new ResizeEvent(next));
  }

  #handleKeydown(event: KeyboardEvent): void {
    const size = this.#sizeAfter(event.key);
    if (size === undefined) return;
    this.#resize(size);
    event.preventDefault();
  }

  /** The line goes where the key points to. */
  #sizeAfter(key: string): number | undefined {
    const isUpright = this.orientation === 'vertical';
    switch (key) {
      case isUpright ? 'ArrowRight' : 'ArrowUp':
        return this.value + STEP;
      case isUpright ? 'ArrowLeft' : 'ArrowDown':
        return this.value - STEP;
      case isUpright ? 'End' : 'Home':
        return this.max;
      case isUpright ? 'Home' : 'End':
        return this.min;
      default:
        return undefined;
    }
  }

  #handlePointerdown(down: PointerEvent): void {
    const handle = down.currentTarget;
    if (!(handle instanceof HTMLElement)) return;
    const before = this.value;
    followDrag(handle, down, (move) =>
      this.#resize(
        before +
          (this.orientation === 'vertical'
            ? move.clientX - down.clientX
            : down.clientY - move.clientY),
      ),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-splitter': Splitter;
  }
  interface HTMLElementEventMap {
    'bgf-resize': ResizeEvent;
  }
}
