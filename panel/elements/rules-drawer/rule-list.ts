import {html, nothing, type TemplateResult} from 'lit';
import {guard} from 'lit/directives/guard.js';
import type {Rule} from '../../../inspector-core/protocol/protocol.js';
import {formatRule, formatRuleName} from '../../format/format.js';
import {strings} from '../../strings.js';
import {
  copyIcon,
  deleteIcon,
  downIcon,
  editIcon,
  upIcon,
} from '../../templates/icons.js';

/** Rules as they are to be, and what then has the keyboard. */
export interface RuleChange {
  readonly rules: readonly Rule[];
  /** A selector. */
  readonly focus: string;
}

export interface RuleListOptions {
  readonly rules: readonly Rule[];
  /** What came of each, in words. */
  readonly counts: (rule: Rule, place: number) => string;
  readonly edit: (place: number, rule: Rule) => void;
  readonly change: (change: RuleChange) => void;
}

/** The rules in their order: the first that fits is the one that acts. */
export function renderRuleList(options: RuleListOptions): TemplateResult {
  const {rules} = options;
  if (rules.length === 0) return html`<p class="none">${strings.noRules}</p>`;
  return html`<ol class="rules" aria-label="Rules">
    ${rules.map((rule, place) => {
      const counts = options.counts(rule, place);
      // A thousand of them, at each byte that comes: most are as they were.
      return guard([rules, rule, counts], () =>
        renderRule(rule, place, counts, options),
      );
    })}
  </ol>`;
}

function renderRule(
  rule: Rule,
  place: number,
  counts: string,
  {rules, change, edit}: RuleListOptions,
): TemplateResult {
  const name = formatRuleName(rule);
  const to = (selector: string, index = place): string =>
    `[data-rule="${index}"] ${selector}`;
  const move = (step: number): void => {
    const next = place + step;
    if (next < 0 || next >= rules.length) return;
    const others = rules.toSpliced(place, 1);
    const focus = to(step < 0 ? '.up' : '.down', next);
    change({rules: others.toSpliced(next, 0, rule), focus});
  };
  const button = (
    kind: string,
    label: string,
    icon: TemplateResult,
    act: () => void,
    isDisabled = false,
  ): TemplateResult =>
    html`<button
      class="icon-only ${kind}"
      title=${label}
      aria-label="${label}: ${name}"
      aria-disabled=${isDisabled ? 'true' : nothing}
      @click=${act}
    >
      ${icon}
    </button>`;
  return html`<li
    data-rule=${place}
    class=${rule.enabled === false ? 'off' : ''}
    @keydown=${(event: KeyboardEvent) => {
      if (!event.altKey || !['ArrowUp', 'ArrowDown'].includes(event.key))
        return;
      event.preventDefault();
      move(event.key === 'ArrowUp' ? -1 : 1);
    }}
  >
    <input
      type="checkbox"
      aria-label="Rule acts: ${name}"
      .checked=${rule.enabled !== false}
      @change=${({currentTarget: box}: Event) => {
        if (!(box instanceof HTMLInputElement)) return;
        const changed = {...rule, enabled: box.checked};
        change({rules: rules.with(place, changed), focus: to('input')});
      }}
    />
    <div class="words">
      <bdi class="name">${name}</bdi>
      ${rule.name === undefined ? nothing : html`<bdi>${formatRule(rule)}</bdi>`}
      <span class="counts">${counts}</span>
    </div>
    <div class="tools">
      ${button('up', strings.moveUp, upIcon, () => move(-1), place === 0)}
      ${button('down', strings.moveDown, downIcon, () => move(1), place === rules.length - 1)}
      ${button('edit', strings.edit, editIcon, () => edit(place, rule))}
      ${button('copy', strings.duplicate, copyIcon, () =>
        change({
          rules: rules.toSpliced(place + 1, 0, rule),
          focus: to('.edit', place + 1),
        }),
      )}
      ${button('delete', strings.remove, deleteIcon, () =>
        change({
          rules: rules.toSpliced(place, 1),
          focus: `${to('.delete', Math.min(place, rules.length - 2))}, .add`,
        }),
      )}
    </div>
  </li>`;
}
