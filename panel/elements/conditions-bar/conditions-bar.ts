import {css, html, LitElement, nothing} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import type {SimulationState} from '../../../inspector-core/projections/state.js';
import {
  NEUTRAL_CONDITIONS,
  type ConditionsFile,
  type EpochMs,
  type RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import {CommandEvent} from '../../events/command-event.js';
import {DrawerEvent} from '../../events/drawer-event.js';
import {formatDuration} from '../../format/format.js';
import {strings} from '../../strings.js';
import {base} from '../../styles/base.js';
import {controls} from '../../styles/controls.js';
import {tokens} from '../../styles/tokens.js';
import {warningIcon} from '../../templates/icons.js';
import {simulationParts} from './simulation-parts.js';

/**
 * @summary What is simulated, since when, and what came of it; and the one
 * button that ends it, always at the same place.
 * @event bgf-command - Back to normal, or to a route on which it acts.
 * @event bgf-drawer - The rules are to be shown.
 */
@customElement('bgf-conditions-bar')
export class ConditionsBar extends LitElement {
  static override styles = [
    tokens,
    base,
    controls,
    css`
      :host {
        display: flex;
        flex: none;
        align-items: center;
        gap: 8px;
        min-block-size: 24px;
        padding-inline: 8px;
        border-block-end: 1px solid var(--bgf-divider);
        background: var(--bgf-warning-surface);
        container: bar / inline-size;
      }

      .warning {
        fill: var(--bgf-warning);
        stroke: var(--bgf-warning);
      }

      .warning-sign {
        stroke: var(--bgf-on-warning);
      }

      .parts {
        flex: 1;
      }

      .links {
        display: flex;
        flex: none;
        gap: 12px;
      }

      @container bar (inline-size < 560px) {
        .lead,
        .edit {
          display: none;
        }
      }

      @container bar (inline-size < 330px) {
        .route {
          display: none;
        }
      }
    `,
  ];

  @property({attribute: false}) conditions: ConditionsFile = NEUTRAL_CONDITIONS;
  @property({attribute: false}) simulation: SimulationState | undefined;
  @property() route: RouteSetting = 'auto';
  @property({attribute: false}) now: EpochMs = 0;

  override render() {
    const {simulation} = this;
    if (simulation?.since === undefined) return nothing;
    const parts = simulationParts(this.conditions, simulation);
    const length = formatDuration(this.now - simulation.since);
    const text = [...parts, `for ${length}`].join(' · ');
    return html`${warningIcon}
      <strong class="lead">${strings.conditionsAct}</strong>
      <span class="parts clip" title=${text}><bdi>${text}</bdi></span>
      <span class="links">
        ${
          this.route === 'native'
            ? html`<button
                class="link route"
                title=${strings.nativeUnderConditions}
                @click=${() => this.#send({type: 'set-route', route: 'emulated'})}
              >
                ${strings.useEmulated}
              </button>`
            : nothing
        }
        <button
          class="link edit"
          @click=${() => this.dispatchEvent(new DrawerEvent({at: 'rules'}))}
        >
          ${strings.editRules}
        </button>
        <button
          class="link normal"
          @click=${() =>
            this.#send({
              type: 'set-conditions',
              conditions: NEUTRAL_CONDITIONS,
            })}
        >
          ${strings.backToNormal}
        </button>
      </span>`;
  }

  #send(command: CommandEvent['command']): void {
    this.dispatchEvent(new CommandEvent(command));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'bgf-conditions-bar': ConditionsBar;
  }
}
