import {html, LitElement, nothing} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {FilterEvent} from '../../events/filter-event.js';
import {parseFilter} from '../../filter/filter.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import {closeIcon, filterIcon} from '../../templates/icons.js';
import {completions} from './completions.js';
import {styles} from './filter-field.styles.js';

/**
 * @summary The filter's text, with its words coloured while they are typed.
 * The input's own text is transparent above a coloured copy.
 * @event bgf-filter - The text changed.
 */
@customElement('bgf-filter-field')
export class FilterField extends LitElement {
  static override styles = [tokens, base, controls, styles];

  @property() value = '';

  @state() private choices: readonly string[] = [];
  @state() private chosen = -1;

  @query('input') private input!: HTMLInputElement;
  @query('.colours') private colours!: HTMLElement;

  override focus(): void {
    this.input.focus();
    this.input.select();
  }

  override render() {
    const {tokens: words, problem} = parseFilter(this.value);
    return html`
      <div class="box ${problem === undefined ? '' : 'wrong'}">
        ${filterIcon}
        <div class="field">
          <div class="colours" aria-hidden="true">
            ${words.map(
              ({kind, text}) => html`<span class=${kind}>${text}</span>`,
            )}
          </div>
          <input
            type="text"
            role="combobox"
            spellcheck="false"
            autocomplete="off"
            aria-label=${strings.filter}
            aria-autocomplete="list"
            aria-expanded=${this.choices.length > 0}
            aria-controls="choices"
            aria-activedescendant=${
              this.chosen >= 0 ? `choice-${this.chosen}` : nothing
            }
            aria-invalid=${problem !== undefined}
            aria-describedby=${problem === undefined ? nothing : 'problem'}
            title=${strings.filterHint}
            placeholder=${strings.filter}
            .value=${this.value}
            @input=${this.#handleInput}
            @keydown=${this.#handleKeydown}
            @scroll=${this.#scrollColours}
            @blur=${() => {
              this.choices = [];
            }}
          />
        </div>
        ${
          this.value === ''
            ? nothing
            : html`<button
                class="clear"
                title="Clear the filter"
                aria-label="Clear the filter"
                @click=${() => this.#change('')}
              >
                ${closeIcon}
              </button>`
        }
      </div>
      <ul
        id="choices"
        role="listbox"
        aria-label="Completions"
        ?hidden=${this.choices.length === 0}
      >
        ${this.choices.map(
          (choice, index) =>
            html`<li
              id="choice-${index}"
              role="option"
              aria-selected=${index === this.chosen}
              @pointerdown=${(event: Event) => {
                event.preventDefault();
                this.#complete(choice);
              }}
            >
              ${choice}
            </li>`,
        )}
      </ul>
      ${
        problem === undefined || this.choices.length > 0
          ? nothing
          : html`<div class="problem" id="problem" role="status">
              ${problem}
            </div>`
      }
    `;
  }

  override updated(): void {
    this.#scrollColours();
  }

  #change(text: string): void {
    this.value = text;
    this.dispatchEvent(new FilterEvent(text));
  }

  #handleInput(): void {
    this.#change(this.input.value);
    this.choices = completions(this.value);
    this.chosen = -1;
  }

  #complete(choice: string): void {
    const start = this.value.lastIndexOf(' ') + 1;
    const sign = this.value[start] === '-' ? '-' : '';
    this.#change(this.value.slice(0, start) + sign + choice);
    this.choices = completions(this.value);
    this.chosen = -1;
  }

  #handleKeydown(event: KeyboardEvent): void {
    const {choices} = this;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (choices.length === 0) return;
        const step = event.key === 'ArrowDown' ? 1 : -1;
        this.chosen =
          (Math.max(this.chosen, step === 1 ? -1 : 0) + step + choices.length) %
          choices.length;
        break;
      }
      case 'Enter':
      case 'Tab': {
        const choice = choices[this.chosen];
        if (choice === undefined) {
          this.choices = [];
          return;
        }
        this.#complete(choice);
        break;
      }
      case 'Escape':
        if (choices.length > 0) this.choices = [];
        else if (this.value !== '') this.#change('');
        else return;
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #scrollColours(): void {
    this.colours.scrollLeft = this.input.scrollLeft;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-filter-field': FilterField;
  }
}
