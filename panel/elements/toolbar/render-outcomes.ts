import {html, type TemplateResult} from 'lit';
import {OUTCOMES, type Outcome} from '../../events/settings-event.js';
import {formatCount} from '../../format/format.js';
import {strings} from '../../strings.js';

export type OutcomeCounts = Readonly<Record<Outcome, number>>;

export const NO_COUNTS: OutcomeCounts = {
  all: 0,
  active: 0,
  succeeded: 0,
  failed: 0,
  aborted: 0,
  rejected: 0,
};

export const OUTCOME_NAMES: Readonly<Record<Outcome, string>> = {
  all: 'All',
  active: 'Active',
  succeeded: 'Succeeded',
  failed: 'Failed',
  aborted: 'Aborted',
  rejected: 'Rejected',
};

/** They are counted anew with each batch, and seldom come to something else. */
export const differ = (
  a: OutcomeCounts,
  b: OutcomeCounts | undefined,
): boolean =>
  b === undefined || OUTCOMES.some((outcome) => a[outcome] !== b[outcome]);

/** A chip for each outcome that there is, with how many fetches had it. */
export const renderOutcomes = (
  counts: OutcomeCounts,
  chosen: Outcome,
  choose: (outcome: Outcome) => void,
): TemplateResult =>
  html`<div class="chips" role="group" aria-label=${strings.outcomes}>
    ${OUTCOMES.filter(
      (outcome) =>
        !['aborted', 'rejected'].includes(outcome) ||
        counts[outcome] > 0 ||
        chosen === outcome,
    ).map(
      (outcome) =>
        html`<button
          aria-pressed=${chosen === outcome}
          @click=${() => choose(outcome)}
        >
          ${OUTCOME_NAMES[outcome]} ${formatCount(counts[outcome])}
        </button>`,
    )}
  </div>`;
