import {svg, type SVGTemplateResult} from 'lit';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import {EFFECT_NAMES, formatPlural, visibleText} from '../../format/format.js';
import type {Scale} from '../../timeline/timeline.js';

type Fault = FetchState['faults'][number];

const SIZE = 8;

const text = ({rule, name, effect, trigger, attempt}: Fault): string =>
  visibleText(
    `${EFFECT_NAMES[effect]} by ${name ?? `rule ${rule + 1}`}, at ${trigger} of attempt ${attempt}`,
    200,
  );

/** A square where a rule's effect came; those at one place are one. */
export function faultMarks(
  faults: readonly Fault[],
  middle: number,
  scale: Scale,
): readonly SVGTemplateResult[] {
  const places = new Map<number, Fault[]>();
  for (const fault of faults) {
    const x = Math.round(scale.x(fault.at));
    if (x < -SIZE || x > scale.width + SIZE) continue;
    const slot = x - (x % 4);
    places.set(slot, [...(places.get(slot) ?? []), fault]);
  }
  return [...places].map(([x, own]) => {
    const words = own.slice(0, 4).map(text).join('; ');
    const more =
      own.length > 4
        ? `; and ${formatPlural(own.length - 4, 'more', 'more')}`
        : '';
    return svg`<rect class="fault" x=${x - SIZE / 2} y=${middle - SIZE / 2} width=${SIZE} height=${SIZE}><title>${words}${more}</title></rect>`;
  });
}
