import {css, html, LitElement, nothing} from 'lit';
import {customElement, query, state} from 'lit/decorators.js';
import {styleMap} from 'lit/directives/style-map.js';
import type {InspectorState} from '../../../inspector-core/projections/state.js';
import type {MenuPlace} from '../../events/menu-event.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {popover} from '../../styles/popover.js';
import {tokens} from '../../styles/tokens.js';
import {menuItems, type MenuItem} from './menu-items.js';

/**
 * @summary All that can be done to one fetch, where it was asked for. What
 * cannot be done now says why.
 * @event bgf-command - What was chosen.
 * @event bgf-drawer - A rule is to be written.
 */
@customElement('bgf-action-menu')
export class ActionMenu extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    popover,
    css`
      :host {
        display: contents;
      }

      [popover] {
        max-inline-size: min(320px, calc(100vw - 8px));
        max-block-size: calc(100vh - 8px);
        padding: 4px 0;
      }

      [role='group'] + [role='group'] {
        margin-block-start: 4px;
        padding-block-start: 4px;
        border-block-start: 1px solid var(--bgf-divider);
      }

      button {
        display: block;
        inline-size: 100%;
        block-size: auto;
        padding: 3px 14px;
        border-radius: 0;
        text-align: start;
        white-space: normal;
      }

      button:focus-visible {
        background: var(--bgf-selected);
        color: var(--bgf-on-selected);
      }

      [aria-disabled='true'] .label {
        opacity: 0.6;
      }

      @media (forced-colors: active) {
        button:focus-visible {
          forced-color-adjust: none;
          background: Highlight;
          color: HighlightText;
          --bgf-subtle: HighlightText;
        }
      }

      small {
        display: block;
        font-size: 11px;
        color: var(--bgf-subtle);
      }
    `,
  ];

  @state() private groups: readonly (readonly MenuItem[])[] = [];
  @state() private at = {x: 0, y: 0};

  @query('[popover]') private menu!: HTMLElement;

  #opener: Element | undefined;

  /** Opens with what can be done, at a place of the window. */
  show(place: MenuPlace, inspector: InspectorState): void {
    this.groups = menuItems(place, inspector);
    if (this.groups.length === 0) return;
    this.at = {x: place.x, y: place.y};
    this.#opener = deepActive();
    void this.updateComplete.then(() => {
      this.menu.showPopover();
      const {width, height} = this.menu.getBoundingClientRect();
      this.at = {
        x: Math.max(4, Math.min(place.x, innerWidth - width - 4)),
        y: Math.max(4, Math.min(place.y, innerHeight - height - 4)),
      };
      const [first] = this.#buttons;
      const ready = this.#buttons.find((each) => each.ariaDisabled !== 'true');
      (ready ?? first)?.focus();
    });
  }

  override render() {
    const {x, y} = this.at;
    return html`<div
      popover
      role="menu"
      aria-label=${strings.actions}
      style=${styleMap({insetInlineStart: `${x}px`, insetBlockStart: `${y}px`})}
      @keydown=${this.#handleKeydown}
      @toggle=${this.#handleToggle}
    >
      ${this.groups.map(
        (items) =>
          html`<div role="group">
            ${items.map((item, index) =>
              this.#renderItem(item, items[index + 1]?.whyNot),
            )}
          </div>`,
      )}
    </div>`;
  }

  /** What several in a row cannot be done for is said below the last of them. */
  #renderItem({name, label, event, whyNot}: MenuItem, next?: string) {
    return html`<button
      role="menuitem"
      tabindex="-1"
      data-action=${name}
      aria-disabled=${whyNot === undefined ? nothing : 'true'}
      @click=${() => {
        if (whyNot !== undefined) return;
        this.menu.hidePopover();
        this.dispatchEvent(event());
      }}
    >
      <span class="label">${label}</span>
      ${
        whyNot === undefined
          ? nothing
          : html`<small class=${whyNot === next ? 'visually-hidden' : ''}
              >${whyNot}</small
            >`
      }
    </button>`;
  }

  get #buttons(): readonly HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('button')];
  }

  #handleKeydown(event: KeyboardEvent): void {
    const buttons = this.#buttons;
    const index = buttons.findIndex((each) => each.matches(':focus'));
    const next = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      Home: 0,
      End: -1,
    }[event.key];
    event.stopPropagation();
    if (event.key === 'Tab') this.menu.hidePopover();
    if (next === undefined) return;
    event.preventDefault();
    buttons.at(next % buttons.length)?.focus();
  }

  /** The keyboard goes on where it was, unless it is somewhere by now. */
  #handleToggle({newState}: ToggleEvent): void {
    if (newState !== 'closed') return;
    const isLost = document.activeElement === document.body;
    if (isLost && this.#opener instanceof HTMLElement) this.#opener.focus();
    this.#opener = undefined;
  }
}

function deepActive(): Element | undefined {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) {
    active = active.shadowRoot.activeElement;
  }
  return active ?? undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-action-menu': ActionMenu;
  }
}
