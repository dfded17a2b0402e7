import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {EFFECTS} from '../../../inspector-core/conditions/rules/rule.js';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import type {
  EffectType,
  Rule,
  RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import {Preview, type FindMatches} from '../../conditions/preview.js';
import {
  draftOf,
  fieldsOf,
  NEW_RULE,
  readDraft,
  withEffect,
  type RuleDraft,
} from '../../conditions/rule-draft.js';
import {TRIGGER_NAMES} from '../../conditions/rule-fields.js';
import {RuleEvent} from '../../events/rule-event.js';
import {EFFECT_NAMES, formatRule, visibleText} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {forms} from '../../styles/forms.js';
import {tokens} from '../../styles/tokens.js';
import {
  formChoice,
  formField,
  type FormContext,
} from '../../templates/form-field.js';
import {memoize} from '../panel/memoize.js';
import {nativeNote} from './native-note.js';
import {pastMatches} from './past-matches.js';
import {styles} from './rule-editor.styles.js';

const EFFECT_CHOICES = (Object.keys(EFFECT_NAMES) as EffectType[]).map(
  (type) => [type, EFFECT_NAMES[type]] as const,
);

const ATTEMPT_CHOICES = [
  ['any', 'every attempt'],
  ['first', 'the first …'],
  ['every', 'every n-th'],
] as const;

/**
 * @summary The form of one rule: what it matches, when it comes and what it
 * does. It says at each field what cannot be, and which past requests it fits.
 * @event bgf-rule - The rule as it is to be, or none where it was given up.
 * @event bgf-command - Another route is to be taken, on which it acts.
 */
@customElement('bgf-rule-editor')
export class RuleEditor extends LitElement {
  static override styles = [tokens, base, controls, forms, styles];

  /** What the form begins with. */
  @property({attribute: false}) rule: Rule = NEW_RULE;
  /** Of all rules, and the place among them that this one has or will have. */
  @property({attribute: false}) preview = new Preview([]);
  @property({type: Number}) place = 0;
  /** Which way new fetches go. */
  @property() route: RouteSetting = 'auto';
  /** Of the log, oldest first. */
  @property({attribute: false}) fetches: Iterable<FetchState> = [];

  @state() private draft: RuleDraft = draftOf(NEW_RULE);
  /** Nobody is told of faults in what they have not finished. */
  @state() private isAsked = false;

  readonly #trialOf = memoize(
    (asked: string, preview: Preview, place: number): FindMatches =>
      preview.try(JSON.parse(asked) as Rule, place),
  );

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('rule')) {
      this.draft = draftOf(this.rule);
      this.isAsked = false;
    }
  }

  /** The first field of the form. */
  override focus(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('[name=effect]')?.focus(),
    );
  }

  override render() {
    const {draft} = this;
    const reading = readDraft(draft);
    const problem = 'value' in reading ? undefined : reading;
    const fields = fieldsOf(draft);
    const context: FormContext = {
      texts: draft.texts,
      problem: this.isAsked ? problem : undefined,
      change: (path, text) => {
        // Several may come before the next rendering.
        this.draft = {
          ...this.draft,
          texts: {...this.draft.texts, [path]: text},
        };
      },
    };
    const all = (some: keyof typeof fields) =>
      fields[some].map((field) => formField(field, context));
    return html`<form @submit=${this.#handleSubmit}>
      <fieldset>
        <legend>Does</legend>
        <div class="fields">
          ${formChoice(
            'effect',
            'Effect',
            EFFECT_CHOICES,
            draft.effect,
            (effect) => {
              this.draft = withEffect(this.draft, effect);
            },
          )}
          ${all('effect')}
          ${formChoice(
            'trigger',
            'When',
            EFFECTS[draft.effect].map((at) => [at, TRIGGER_NAMES[at]] as const),
            draft.trigger,
            (trigger) => {
              this.draft = {...this.draft, trigger};
            },
          )}
          ${all('trigger')}
        </div>
      </fieldset>
      <fieldset>
        <legend>For</legend>
        <div class="fields">
          ${all('match')}
          ${formChoice(
            'attempt',
            'Attempts',
            ATTEMPT_CHOICES,
            draft.attempt,
            (attempt) => {
              this.draft = {...this.draft, attempt};
            },
          )}
          ${all('attempt')}
        </div>
      </fieldset>
      <div class="fields">${all('name')}</div>
      ${
        context.problem?.path === ''
          ? html`<p class="problem" role="alert">
              <bdi>${visibleText(context.problem.message)}</bdi>
            </p>`
          : nothing
      }
      ${'value' in reading ? this.#renderPreview(reading.value) : nothing}
      <div class="buttons">
        <button class="action primary" type="submit">
          ${strings.saveRule}
        </button>
        <button class="action" type="button" @click=${this.#cancel}>
          ${strings.cancel}
        </button>
      </div>
    </form>`;
  }

  #renderPreview(rule: Rule) {
    // All that decides what it fits; it is tried whether or not it is on.
    const {match, trigger, effect} = rule;
    const asked = JSON.stringify({match, trigger, effect: {type: effect.type}});
    const trial = this.#trialOf(asked, this.preview, this.place);
    const matches = trial(this.fetches);
    return html`<p class="sentence"><bdi>${formatRule(rule)}</bdi></p>
      ${pastMatches(matches)} ${nativeNote(rule, this.route)}`;
  }

  #handleSubmit(event: Event): void {
    event.preventDefault();
    const reading = readDraft(this.draft);
    this.isAsked = true;
    if ('value' in reading) {
      this.dispatchEvent(new RuleEvent(reading.value));
      return;
    }
    void this.updateComplete.then(() => {
      const {path} = reading;
      this.renderRoot.querySelector<HTMLElement>(`[name="${path}"]`)?.focus();
    });
  }

  #cancel(): void {
    this.dispatchEvent(new RuleEvent(undefined));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-rule-editor': RuleEditor;
  }
}
