import {html, nothing, type TemplateResult} from 'lit';
import {textOf, type FormField, type Texts} from '../conditions/form-values.js';
import {visibleText} from '../format/format.js';

/** What a form is made of, and what is wrong with it. */
export interface FormContext {
  readonly texts: Texts;
  /** Refused: a field's path, and why. */
  readonly problem:
    {readonly path: string; readonly message: string} | undefined;
  readonly change: (path: string, text: string) => void;
}

/** A label, a control, and below it why what is in it cannot be. */
export function formField(
  field: FormField,
  {texts, problem, change}: FormContext,
): TemplateResult {
  const own = problem?.path === field.path ? problem : undefined;
  return html`<label class="field">
    <span>${field.label}</span>
    ${control(field, textOf(texts, field), own !== undefined, (text) =>
      change(field.path, text),
    )}
    ${
      own === undefined
        ? nothing
        : html`<span class="problem" role="alert" data-path=${field.path}
            ><bdi>${visibleText(own.message)}</bdi></span
          >`
    }
  </label>`;
}

function control(
  {kind, path, choices = [], hint = ''}: FormField,
  text: string,
  isWrong: boolean,
  change: (text: string) => void,
): TemplateResult {
  const handle = ({currentTarget: target}: Event): void => {
    if (
      target instanceof HTMLInputElement ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement
    ) {
      change(target.value);
    }
  };
  switch (kind) {
    case 'choice':
      return html`<select name=${path} .value=${text} @change=${handle}>
        ${choices.map(
          ([value, label]) =>
            html`<option value=${value} ?selected=${value === text}>
              ${label}
            </option>`,
        )}
      </select>`;
    case 'lines':
      return html`<textarea
        name=${path}
        rows="3"
        placeholder=${hint}
        aria-invalid=${isWrong}
        .value=${text}
        @input=${handle}
      ></textarea>`;
    case 'number':
    case 'text':
      return html`<input
        name=${path}
        autocomplete="off"
        spellcheck="false"
        inputmode=${kind === 'number' ? 'decimal' : 'text'}
        placeholder=${hint}
        aria-invalid=${isWrong}
        .value=${text}
        @input=${handle}
      />`;
  }
}

/** A choice of its own, which decides what other fields there are. */
export const formChoice = <T extends string>(
  name: string,
  label: string,
  choices: readonly (readonly [value: T, label: string])[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult =>
  html`<label class="field">
    <span>${label}</span>
    <select
      name=${name}
      .value=${chosen}
      @change=${({currentTarget}: Event) => {
        if (!(currentTarget instanceof HTMLSelectElement)) return;
        const {value} = currentTarget;
        const found = choices.find(([each]) => each === value);
        if (found !== undefined) choose(found[0]);
      }}
    >
      ${choices.map(
        ([value, text]) =>
          html`<option value=${value} ?selected=${value === chosen}>
            ${text}
          </option>`,
      )}
    </select>
  </label>`;
