import {
  commutingDay,
  flakyCafe,
  trainTunnel,
} from '../../inspector-core/conditions/schedule/presets.js';
import type {Schedule} from '../../inspector-core/protocol/protocol.js';
import {visibleText} from '../format/format.js';

const PRESETS = [() => trainTunnel(), () => flakyCafe(), commutingDay] as const;

/** What can be chosen, beside none; one from a file stays among them. */
export function scheduleChoices(
  current: string,
): readonly (readonly [name: string, label: string])[] {
  const names = PRESETS.map((make) => make(1).name);
  const own = current === '' || names.includes(current) ? [] : [current];
  return [
    ['', 'none'],
    ...[...names, ...own].map((name) => [name, visibleText(name, 60)] as const),
  ];
}

/** The preset of this name, whose chance comes from the seed. */
export const scheduleNamed = (
  name: string,
  seed: number,
): Schedule | undefined =>
  PRESETS.map((make) => make(seed)).find((schedule) => schedule.name === name);
