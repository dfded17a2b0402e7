import {findPreset} from '../profile/presets.js';
import type {NetworkProfile} from '../profile/profile.js';
import {createDice} from '../random/dice.js';

/** How conditions change by themselves. */
export interface Schedule {
  readonly name: string;
  /** Where phases overlap, the last of the list holds. */
  readonly phases: readonly Phase[];
}

/** A time in which the network is another one. */
export interface Phase {
  /** When it begins. */
  readonly from: PhaseStart;
  /** Milliseconds that it lasts; absent: for good. */
  readonly for?: number;
  /** Milliseconds from one beginning to the next; absent: it comes once. */
  readonly every?: number;
  /** Milliseconds that each beginning is later at most, by the dice. */
  readonly spread?: number;
  /** What the link is like meanwhile, or a preset's name. */
  readonly profile?: NetworkProfile | string;
  readonly offline?: boolean;
}

export type PhaseStart =
  /** Milliseconds after the first request under this schedule. */
  | {readonly ms: number}
  /** When the first fetch has come so far. */
  | {readonly percent: number};

/** What a schedule makes of some moment. */
export interface Scheduled {
  readonly offline: boolean;
  /** Undefined: the one that was set. */
  readonly profile: NetworkProfile | undefined;
  /** Milliseconds after the first request when it may be another; or never. */
  readonly until: number;
}

/**
 * When, in milliseconds after the first request, a fetch first had so many
 * percent; undefined if none has yet.
 */
export type ReachedAt = (percent: number) => number | undefined;

/**
 * What holds at a moment. Depends on nothing but its arguments.
 *
 * @param elapsed milliseconds after the first request
 */
export function evaluateSchedule(
  {phases}: Schedule,
  elapsed: number,
  reachedAt: ReachedAt,
  seed: number,
): Scheduled {
  let held: Phase | undefined;
  let until = Infinity;
  for (const [index, phase] of phases.entries()) {
    const begin =
      'ms' in phase.from ? phase.from.ms : reachedAt(phase.from.percent);
    if (begin === undefined) continue;
    const {isOn, next} = at(phase, elapsed - begin, (cycle) =>
      createDice(seed).stream(`schedule/${index}/${cycle}`)(),
    );
    if (isOn) held = phase;
    until = Math.min(until, begin + next);
  }
  const profile = held?.profile;
  return {
    offline: held?.offline ?? false,
    profile: typeof profile === 'string' ? findPreset(profile) : profile,
    until,
  };
}

/** Whether a phase is on so long after it begins, and when that may change. */
function at(
  {for: length = Infinity, every, spread = 0}: Phase,
  elapsed: number,
  chance: (cycle: number) => number,
): {readonly isOn: boolean; readonly next: number} {
  if (elapsed < 0) return {isOn: false, next: 0};
  const cycle = every === undefined ? 0 : Math.floor(elapsed / every);
  const start = cycle * (every ?? 0) + chance(cycle) * spread;
  if (elapsed < start) return {isOn: false, next: start};
  if (elapsed < start + length) return {isOn: true, next: start + length};
  return {
    isOn: false,
    next: every === undefined ? Infinity : (cycle + 1) * every,
  };
}

/** Of all phases that begin so: the percents. */
export function percentsOf({phases}: Schedule): readonly number[] {
  return phases.flatMap(({from}) => ('percent' in from ? [from.percent] : []));
}
