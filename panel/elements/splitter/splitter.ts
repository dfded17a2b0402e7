import {css, html, LitElement} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {base} from '../../styles/base.js';
import {tokens} from '../../styles/tokens.js';

/** The user gave the pane another size. */
export class ResizeEvent extends Event {
  /** Pixels. */
  readonly value: number;

  constructor(value: number) {
    super('bgf-resize', {bubbles: true, composed: true});
    this.value = value;
  }
}

const STEP = 16;

/**
 * @summary A line that resizes the pane below it, by pointer or arrow keys.
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
        background: linear-gradient(
          transparent 3px,
          var(--bgf-accent-bright) 3px 6px,
          transparent 6px
        );
      }
    `,
  ];

  /** Size of the pane below, in pixels. */
  @property({type: Number}) value = 230;
  @property({type: Number}) min = 90;
  @property({type: Number}) max = 600;
  @property() label = 'Size of the detail pane';

  override render() {
    return html`<div
      role="separator"
      tabindex="0"
      aria-orientation="horizontal"
      aria-label=${this.label}
      aria-valuenow=${Math.round(this.value)}
      aria-valuemin=${this.min}
      aria-valuemax=${Math.round(this.max)}
      @keydown=${this.#handleKeydown}
      @pointerdown=${this.#handlePointerdown}
    ></div>`;
  }

  #resize(value: number): void {
    const next = Math.min(this.max, Math.max(this.min, value));
    this.dispatchEvent(new ResizeEvent(next));
  }

  #handleKeydown(event: KeyboardEvent): void {
    switch (event.key) {
      case 'ArrowUp':
        this.#resize(this.value + STEP);
        break;
      case 'ArrowDown':
        this.#resize(this.value - STEP);
        break;
      case 'Home':
        this.#resize(this.max);
        break;
      case 'End':
        this.#resize(this.min);
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  #handlePointerdown(down: PointerEvent): void {
    const handle = down.currentTarget;
    if (!(handle instanceof HTMLElement) || down.button !== 0) return;
    handle.setPointerCapture(down.pointerId);
    const before = this.value;
    const ended = new AbortController();
    const {signal} = ended;
    handle.addEventListener(
      'pointermove',
      (move) => this.#resize(before + down.clientY - move.clientY),
      {signal},
    );
    handle.addEventListener('lostpointercapture', () => ended.abort(), {
      signal,
    });
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
