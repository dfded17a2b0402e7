import {html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, query, state} from 'lit/decorators.js';
import {parseConditionsFile} from '../../../inspector-core/conditions/conditions-file.js';
import type {InspectorState} from '../../../inspector-core/projections/state.js';
import type {
  ConditionsFile,
  Rule,
  NetworkProfile,
} from '../../../inspector-core/protocol/protocol.js';
import {Preview} from '../../conditions/preview.js';
import {NEW_RULE} from '../../conditions/rule-draft.js';
import {CommandEvent} from '../../events/command-event.js';
import {DrawerEvent, type DrawerPlace} from '../../events/drawer-event.js';
import type {RuleEvent} from '../../events/rule-event.js';
import {visibleText} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {forms} from '../../styles/forms.js';
import {tokens} from '../../styles/tokens.js';
import {closeIcon} from '../../templates/icons.js';
import '../conditions-form/conditions-form.js';
import {memoize} from '../panel/memoize.js';
import {wireOffer} from '../panel/view-model.js';
import '../rule-editor/rule-editor.js';
import {download, readJson} from './files.js';
import {renderNativeNotice} from './native-notice.js';
import {formatRuleCounts} from './rule-counts.js';
import {renderRuleList, type RuleChange} from './rule-list.js';
import {styles} from './rules-drawer.styles.js';

/** The form that is open: which rule it is of, and what it began with. */
interface Editing {
  readonly place: number;
  readonly rule: Rule;
}

/**
 * @summary All conditions: the rules in their order, and what else acts on the
 * network, the storage and the worker. It changes nothing by itself: each change
 * is the whole of the conditions as they are to be.
 * @event bgf-command - Conditions are to be others, or a worker is to restart.
 * @event bgf-drawer - It is to be closed.
 */
@customElement('bgf-rules-drawer')
export class RulesDrawer extends LitElement {
  static override styles = [tokens, base, controls, forms, styles];

  @property({attribute: false}) place: DrawerPlace = {at: 'rules'};
  @property({attribute: false}) state: InspectorState | undefined;
  @property({attribute: false}) profiles: readonly NetworkProfile[] = [];

  @state() private editing: Editing | undefined;
  @state() private problem: string | undefined;

  @query('input[type=file]') private file!: HTMLInputElement;

  readonly #previewOf = memoize(
    (
      rules: readonly Rule[],
      seed: number | undefined,
      base: string | undefined,
    ) => new Preview(rules, seed, base),
  );
  /** What has the keyboard when the list is there with its change. */
  #focus: string | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('place')) return;
    this.editing =
      this.place.at === 'new-rule'
        ? {place: this.#rules.length, rule: this.place.rule}
        : undefined;
  }

  override updated(changed: PropertyValues<this>): void {
    const wanted = changed.has('place') ? PLACES[this.place.at] : this.#focus;
    if (wanted === undefined) return;
    const found = this.renderRoot.querySelector<HTMLElement>(wanted);
    if (found === null) return;
    this.#focus = undefined;
    found.focus();
    if (this.place.at === 'network') found.scrollIntoView({block: 'nearest'});
  }

  override render() {
    const {state, editing} = this;
    if (state === undefined) return nothing;
    return html`<section aria-label=${strings.conditions}>
      <header>
        <h2>${editing === undefined ? strings.conditions : strings.rule}</h2>
        ${editing === undefined ? this.#renderFiles() : nothing}
        <button
          class="icon-only close"
          title=${strings.close}
          aria-label=${strings.close}
          @click=${() => this.dispatchEvent(new DrawerEvent(undefined))}
        >
          ${closeIcon}
        </button>
      </header>
      ${
        this.problem === undefined
          ? nothing
          : html`<p class="problem import" role="alert">
              <bdi>${this.problem}</bdi>
            </p>`
      }
      <div class="body" tabindex="-1">
        ${
          editing === undefined
            ? this.#renderAll(state)
            : this.#renderEditor(editing, state)
        }
      </div>
    </section>`;
  }

  #renderFiles() {
    return html`<button
        @click=${() => this.file.click()}
        title="Take conditions from a file"
      >
        ${strings.importFile}
      </button>
      <button
        title="Write the conditions to a file"
        @click=${() => download('background-fetch-conditions.json', this.#conditions)}
      >
        ${strings.exportFile}
      </button>
      <input
        type="file"
        accept="application/json,.json"
        hidden
        aria-label=${strings.importFile}
        @change=${this.#handleFile}
      />`;
  }

  #renderAll(state: InspectorState) {
    const rules = this.#rules;
    const preview = this.#preview(state);
    const fits = new Map<number, number>();
    for (const {rule} of preview.matches(state.fetches.all.values())) {
      fits.set(rule, (fits.get(rule) ?? 0) + 1);
    }
    const {route, wireOrigins} = state.session;
    return html`${
        route === 'native'
          ? renderNativeNotice(
              this.#conditions,
              wireOffer(state.realms, wireOrigins),
            )
          : nothing
      }
      ${renderRuleList({
        rules,
        counts: (rule, place) =>
          formatRuleCounts({
            rule,
            route,
            times: state.simulation.fired.get(place) ?? 0,
            past: fits.get(place) ?? 0,
          }),
        edit: (place, rule) => this.#edit({place, rule}),
        change: (change) => this.#change(change),
      })}
      <div class="buttons">
        <button
          class="action add"
          @click=${() => this.#edit({place: rules.length, rule: NEW_RULE})}
        >
          ${strings.addRule}
        </button>
      </div>
      <bgf-conditions-form
        .conditions=${this.#conditions}
        .realms=${state.realms}
        .profiles=${this.profiles}
      ></bgf-conditions-form>`;
  }

  #renderEditor({place, rule}: Editing, state: InspectorState) {
    return html`<bgf-rule-editor
      .rule=${rule}
      .preview=${this.#preview(state)}
      place=${place}
      route=${state.session.route}
      .fetches=${[...state.fetches.all.values()]}
      @bgf-rule=${(event: RuleEvent) => this.#finish(place, event.rule)}
    ></bgf-rule-editor>`;
  }

  #preview(state: InspectorState): Preview {
    const {seed} = this.#conditions;
    return this.#previewOf(this.#rules, seed, originOf(state));
  }

  get #conditions(): ConditionsFile {
    return this.state?.session.conditions ?? {version: 1};
  }

  get #rules(): readonly Rule[] {
    return this.#conditions.rules ?? NO_RULES;
  }

  #edit(editing: Editing): void {
    this.editing = editing;
    this.#focus = PLACES['new-rule'];
  }

  #finish(place: number, rule: Rule | undefined): void {
    this.editing = undefined;
    this.#focus = `[data-rule="${place}"] .edit, .add`;
    if (rule === undefined) return;
    const rules = this.#rules;
    this.#set([...rules.slice(0, place), rule, ...rules.slice(place + 1)]);
  }

  #change({rules, focus}: RuleChange): void {
    this.#focus = focus;
    this.#set(rules);
  }

  #set(rules: readonly Rule[]): void {
    this.#send({...this.#conditions, rules});
  }

  #send(conditions: ConditionsFile): void {
    this.problem = undefined;
    this.dispatchEvent(new CommandEvent({type: 'set-conditions', conditions}));
  }

  async #handleFile(): Promise<void> {
    const [file] = this.file.files ?? [];
    this.file.value = '';
    if (file === undefined) return;
    try {
      const settings = parseConditionsFile(await readJson(file));
      this.#send({version: 1, ...settings});
    } catch (error) {
      const {message} = error as Error;
      this.problem = `Nothing of ${visibleText(file.name, 60)} is taken. ${visibleText(message, 500)}`;
    }
  }
}

/** Always the same, so that what is made of it can be kept. */
const NO_RULES: readonly Rule[] = [];

/** Where the keyboard is when the drawer opens. */
const PLACES: Readonly<Record<DrawerPlace['at'], string>> = {
  rules: '.body',
  network: 'bgf-conditions-form',
  'new-rule': 'bgf-rule-editor',
};

/** What a worker's relative patterns are relative to. */
const originOf = ({realms}: InspectorState): string | undefined =>
  [...realms.values()].findLast(
    ({source}) => source.kind === 'service-worker' && source.url !== '',
  )?.source.url;

declare global {
  interface HTMLElementTagNameMap {
    'bgf-rules-drawer': RulesDrawer;
  }
}
