import {nothing, svg, type SVGTemplateResult} from 'lit';
import type {SimulationState} from '../../../inspector-core/projections/state.js';
import type {EpochMs} from '../../../inspector-core/protocol/protocol.js';
import {formatPlural, visibleText} from '../../format/format.js';
import {placeLabels, stretch, type Scale} from '../../timeline/timeline.js';

type Change = SimulationState['changes'][number];

function changeText({isActive, profile, rules, schedule}: Change): string {
  if (!isActive) return 'Back to normal';
  const parts = [
    visibleText(profile, 60),
    ...(rules === 0 ? [] : [formatPlural(rules, 'rule')]),
    ...(schedule === undefined ? [] : [visibleText(schedule, 60)]),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/**
 * What acted on all fetches at once, across all lanes: hatched where there was
 * no network, a line where other conditions began.
 */
export function renderSimulation(
  {outages, changes}: Pick<SimulationState, 'outages' | 'changes'>,
  scale: Scale,
  now: EpochMs,
): readonly (SVGTemplateResult | typeof nothing)[] {
  return [
    ...outages.map(({from, to}) => {
      const place = stretch(scale, from, Math.max(from, to ?? now));
      return place === undefined
        ? nothing
        : svg`<rect class="outage" x=${place.x} width=${place.width} y="0" height="100%"></rect>`;
    }),
    ...placeLabels(
      changes
        .map((change) => ({x: scale.x(change.at), text: changeText(change)}))
        .filter(({x}) => x >= 0 && x <= scale.width),
    ).map(
      ({x, text}) =>
        svg`<g class="change"><line x1=${x} x2=${x} y1="0" y2="100%"></line><text x=${x + 4} y="100%" dy="-5">${text}</text></g>`,
    ),
  ];
}

/** The pattern of a time without a network. */
export const HATCH = svg`<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"></rect><line class="hatch-line" x1="0" x2="0" y1="0" y2="6"></line></pattern></defs>`;
