import {fasterSchedule} from '../../inspector-core/conditions/schedule/faster-schedule.js';
import {
  commutingDay,
  flakyCafe,
  trainTunnel,
} from '../../inspector-core/conditions/schedule/presets.js';
import type {Schedule} from '../../inspector-core/protocol/protocol.js';
import {visibleText} from '../format/format.js';

/** The day has 16 hours, which nobody waits for. */
const PRESETS: readonly ((seed: number) => Schedule)[] = [
  () => trainTunnel(),
  () => flakyCafe(),
  commutingDay,
  (seed) => fasterSchedule(commutingDay(seed), 10),
  (seed) => fasterSchedule(commutingDay(seed), 100),
];

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

/** With another seed a preset's chance is another; one from a file stays. */
export function withSeed(
  schedule: Schedule,
  before: number,
  seed: number,
): Schedule {
  const preset = scheduleNamed(schedule.name, before);
  const isPreset = JSON.stringify(preset) === JSON.stringify(schedule);
  return isPreset ? (scheduleNamed(schedule.name, seed) ?? schedule) : schedule;
}

/** The preset of this name, whose chance comes from the seed. */
export const scheduleNamed = (
  name: string,
  seed: number,
): Schedule | undefined =>
  PRESETS.map((make) => make(seed)).find((schedule) => schedule.name === name);
