import {css, html, LitElement, nothing, type PropertyValues} from 'lit';
import {customElement, property, state} from 'lit/decorators.js';
import {
  NEUTRAL,
  parseConditionsFile,
} from '../../../inspector-core/conditions/conditions-file.js';
import {isSame} from '../../../inspector-core/conditions/is-same.js';
import {isNeutral} from '../../../inspector-core/conditions/profile/profile.js';
import type {InspectorState} from '../../../inspector-core/projections/state.js';
import {
  NEUTRAL_CONDITIONS,
  type ConditionsFile,
  type NetworkProfile,
} from '../../../inspector-core/protocol/protocol.js';
import {workerActions} from '../../conditions/fetch-actions.js';
import {
  fillIn,
  readForm,
  textsOf,
  type FormField,
  type FormReading,
  type Texts,
} from '../../conditions/form-values.js';
import {PROFILE_FIELDS} from '../../conditions/rule-fields.js';
import {
  forgetProfile,
  parseOwnProfile,
  saveProfile,
} from '../../conditions/saved-profiles.js';
import {
  scheduleChoices,
  scheduleNamed,
  withSeed,
} from '../../conditions/schedules.js';
import {CommandEvent} from '../../events/command-event.js';
import {SettingsEvent} from '../../events/settings-event.js';
import {visibleText} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {forms} from '../../styles/forms.js';
import {tokens} from '../../styles/tokens.js';
import {formChoice, formField} from '../../templates/form-field.js';
import {CHANCE_FIELDS, STORAGE_FIELDS} from './setting-fields.js';

const SETTING_FIELDS = [...CHANCE_FIELDS, ...STORAGE_FIELDS];

/** What a link of one's own begins with, where the network is as it is. */
const FIRST = {name: 'Custom', download: 100_000, upload: 50_000, latency: 200};

/** What the forms have of conditions: a link as it is, if it is any. */
function formsOf(conditions: ConditionsFile): {
  readonly link: Texts;
  readonly settings: Texts;
} {
  const {profile} = conditions;
  const isLink =
    typeof profile === 'object' && !isNeutral({...profile, offline: false});
  return {
    link: textsOf(PROFILE_FIELDS, isLink ? profile : FIRST),
    settings: textsOf(SETTING_FIELDS, conditions),
  };
}

/**
 * @summary What acts beside the rules: a link of one's own, a schedule, chance,
 * storage and permission; and the restart of a worker.
 * @event bgf-command - Conditions are to be others, or a worker is to restart.
 * @event bgf-settings - A network of one's own is kept, or forgotten.
 */
@customElement('bgf-conditions-form')
export class ConditionsForm extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    forms,
    css`
      h3 {
        margin: 14px 0 4px;
        font-size: 12px;
        font-weight: 600;
      }

      p {
        margin: 2px 0;
        color: var(--bgf-subtle);
      }
    `,
  ];

  @property({attribute: false}) conditions: ConditionsFile = NEUTRAL_CONDITIONS;
  @property({attribute: false}) realms: InspectorState['realms'] = new Map();
  @property({attribute: false}) profiles: readonly NetworkProfile[] = [];

  @state() private link: Texts = {};
  @state() private settings: Texts = {};
  @state() private problem:
    Exclude<FormReading<unknown>, {value: unknown}> | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('conditions')) return;
    // What is written and not yet applied stays, whatever else is set.
    const before = changed.get('conditions');
    const now = formsOf(this.conditions);
    const old = before && formsOf(before);
    if (!isSame(now.link, old?.link)) this.link = now.link;
    if (!isSame(now.settings, old?.settings)) this.settings = now.settings;
  }

  /** The first field of the link. */
  override focus(): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>('.link-form input')?.focus(),
    );
  }

  override render() {
    return html`${this.#renderLink()} ${this.#renderSettings()}
    ${this.#renderWorkers()}`;
  }

  #renderLink() {
    const context = {
      texts: this.link,
      problem: this.problem,
      change: (path: string, text: string) => {
        this.link = {...this.link, [path]: text};
      },
    };
    return html`<form class="link-form" @submit=${this.#handleLink}>
      <h3>Network of your own</h3>
      <div class="fields">
        ${PROFILE_FIELDS.map((field) => formField(field, context))}
        ${formChoice(
          'links',
          'Shared by',
          [
            ['shared', 'all fetches'],
            ['per-fetch', 'the records of one fetch'],
          ],
          this.conditions.links ?? NEUTRAL.links,
          (links) => this.#send({...this.conditions, links}),
        )}
      </div>
      <div class="buttons">
        <button class="action" type="submit">${strings.apply}</button>
        ${this.#renderForget()}
      </div>
    </form>`;
  }

  #renderForget() {
    const {name = ''} = this.link;
    const isKept = this.profiles.some((each) => each.name === name);
    if (!isKept) return nothing;
    return html`<button
      class="action forget"
      type="button"
      title=${strings.forgetProfileHint}
      @click=${() => this.#keep(forgetProfile(this.profiles, name))}
    >
      ${strings.forgetProfile}
    </button>`;
  }

  #renderSettings() {
    const {conditions} = this;
    const context = {
      texts: this.settings,
      problem: this.problem,
      change: (path: string, text: string) => {
        this.settings = {...this.settings, [path]: text};
      },
    };
    const schedule = conditions.schedule?.name ?? '';
    const form = (fields: readonly FormField[]) =>
      html`<form
        class="fields"
        @submit=${this.#handleSettings}
        @change=${this.#handleSettings}
      >
        ${fields.map((field) => formField(field, context))}
      </form>`;
    return html`<h3>Schedule and chance</h3>
      <div class="fields">
        ${formChoice(
          'schedule',
          'Schedule',
          scheduleChoices(schedule),
          schedule,
          (name) => this.#setSchedule(name),
        )}
        ${form(CHANCE_FIELDS)}
      </div>
      <h3>Storage and permission</h3>
      ${form(STORAGE_FIELDS)}`;
  }

  #renderWorkers() {
    const scopes = new Set(
      [...this.realms.values()].flatMap(({source, phase, scope}) =>
        source.kind === 'service-worker' &&
        phase !== 'closed' &&
        scope !== undefined
          ? [scope]
          : [],
      ),
    );
    return html`<h3>Service worker</h3>
      ${scopes.size === 0 ? html`<p>None runs now.</p>` : nothing}
      ${[...scopes].slice(0, 10).map(
        (scope) =>
          html`${scopes.size > 1 ? html`<p><bdi>${visibleText(scope, 200)}</bdi></p>` : nothing}
            <div class="buttons">
              ${workerActions(scope).map(
                ({name, label, command}) =>
                  html`<button
                    class="action"
                    data-action=${name}
                    @click=${() => this.dispatchEvent(new CommandEvent(command))}
                  >
                    ${label}
                  </button>`,
              )}
            </div>`,
      )}`;
  }

  #handleLink(event: Event): void {
    event.preventDefault();
    const tree = {};
    fillIn(tree, PROFILE_FIELDS, this.link);
    const reading = readForm(
      () => parseOwnProfile(tree),
      'profile',
      PROFILE_FIELDS,
    );
    if ('value' in reading) {
      this.#keep(saveProfile(this.profiles, reading.value));
      this.#send({...this.conditions, profile: reading.value});
    } else this.problem = reading;
  }

  #handleSettings(event: Event): void {
    event.preventDefault();
    const {
      permission: _,
      quota: _quota,
      seed: _seed,
      ...rest
    } = this.conditions;
    const tree: Record<string, unknown> = {...rest};
    fillIn(tree, SETTING_FIELDS, this.settings);
    const reading = readForm(
      () => parseConditionsFile(tree),
      'conditions',
      SETTING_FIELDS,
    );
    if (!('value' in reading)) {
      this.problem = reading;
      return;
    }
    const {schedule, ...others} = reading.value;
    const before = this.conditions.seed ?? NEUTRAL.seed;
    this.#send({
      version: 1,
      ...others,
      ...(schedule === undefined
        ? {}
        : {schedule: withSeed(schedule, before, others.seed)}),
    });
  }

  #setSchedule(name: string): void {
    const {schedule: _, ...rest} = this.conditions;
    const seed = this.conditions.seed ?? NEUTRAL.seed;
    const schedule = scheduleNamed(name, seed);
    this.#send(schedule === undefined ? rest : {...rest, schedule});
  }

  #keep(profiles: readonly NetworkProfile[]): void {
    this.dispatchEvent(new SettingsEvent({profiles}));
  }

  #send(conditions: ConditionsFile): void {
    this.problem = undefined;
    this.dispatchEvent(new CommandEvent({type: 'set-conditions', conditions}));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-conditions-form': ConditionsForm;
  }
}
