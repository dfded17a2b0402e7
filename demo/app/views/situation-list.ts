import {html, type TemplateResult} from 'lit';
import type {Situation, SituationGroup} from '../situations/situation.js';

/** How often a situation runs now, and how its last run ended. */
export interface SituationState {
  readonly running: number;
  readonly outcome?: 'done' | 'failed';
  readonly summary?: string;
}

/** The cases of the API, one button each. */
export function renderSituations(
  groups: readonly SituationGroup[],
  states: ReadonlyMap<string, SituationState>,
  isAvailable: boolean,
  run: (situation: Situation) => void,
): TemplateResult {
  return html`${groups.map(
    ({title, situations}) =>
      html`<section class="group">
        <h3>${title}</h3>
        <ul class="situations">
          ${situations.map((situation) =>
            renderSituation(
              situation,
              states.get(situation.name),
              isAvailable,
              run,
            ),
          )}
        </ul>
      </section>`,
  )}`;
}

function renderSituation(
  situation: Situation,
  state: SituationState | undefined,
  isAvailable: boolean,
  run: (situation: Situation) => void,
): TemplateResult {
  const isRunning = (state?.running ?? 0) > 0;
  return html`<li
    data-situation=${situation.name}
    data-state=${isRunning ? 'running' : (state?.outcome ?? 'idle')}
  >
    <button ?disabled=${!isAvailable} @click=${() => run(situation)}>
      ${situation.title}
    </button>
    <p>${situation.explanation}</p>
    ${
      state === undefined
        ? ''
        : html`<p class="outcome" role="status">
            ${isRunning ? 'Running…' : state.summary}
          </p>`
    }
  </li>`;
}
