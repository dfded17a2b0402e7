import {createDice} from '../random/dice.js';
import type {Random} from '../../seams/random.js';
import type {Phase, Schedule} from './schedule.js';

/** A train goes into a tunnel when 40 % are there, and out after 10 s. */
export function trainTunnel({
  percent = 40,
  ms = 10_000,
}: {readonly percent?: number; readonly ms?: number} = {}): Schedule {
  return {
    name: 'Train tunnel',
    phases: [{from: {percent}, for: ms, offline: true}],
  };
}

/** A café whose network is gone for a while, again and again. */
export function flakyCafe({
  every = 20_000,
  off = 4_000,
}: {readonly every?: number; readonly off?: number} = {}): Schedule {
  return {
    name: 'Flaky café',
    phases: [
      {from: {ms: 0}, profile: 'DSL'},
      {
        from: {ms: 0},
        every,
        for: off,
        // So that it is over before the next one begins.
        spread: every - off,
        offline: true,
      },
    ],
  };
}

const MINUTE = 60_000;

interface Stretch {
  readonly minutes: number;
  readonly profile: string;
  /** Tunnels, lifts, dead spots: how many, and seconds each at most. */
  readonly gaps: number;
  readonly longest: number;
}

/** From breakfast at seven to the evening, in 16 hours. */
const DAY: readonly Stretch[] = [
  {minutes: 45, profile: 'Wi-Fi', gaps: 0, longest: 0},
  {minutes: 10, profile: 'Fast 4G', gaps: 1, longest: 20},
  {minutes: 35, profile: 'Slow 4G', gaps: 5, longest: 90},
  {minutes: 10, profile: 'Fast 4G', gaps: 1, longest: 20},
  {minutes: 520, profile: 'Wi-Fi', gaps: 2, longest: 60},
  {minutes: 10, profile: 'Fast 4G', gaps: 1, longest: 20},
  {minutes: 40, profile: '3G', gaps: 6, longest: 120},
  {minutes: 10, profile: 'Fast 4G', gaps: 1, longest: 20},
  {minutes: 280, profile: 'Wi-Fi', gaps: 1, longest: 30},
];

/** A day of commuting: where there is no network, and how long, by the seed. */
export function commutingDay(seed: number): Schedule {
  const random = createDice(seed).stream('schedule/commuting-day');
  const phases: Phase[] = [];
  let begin = 0;
  for (const {minutes, profile, gaps, longest} of DAY) {
    const length = minutes * MINUTE;
    phases.push({from: {ms: begin}, for: length, profile});
    for (let gap = 0; gap < gaps; gap += 1) {
      // Each in its own part of the stretch, so that none overlap.
      const part = length / gaps;
      phases.push(makeGap(begin + gap * part, part, longest * 1_000, random));
    }
    begin += length;
  }
  return {name: 'A day of commuting', phases};
}

function makeGap(
  begin: number,
  part: number,
  longest: number,
  random: Random,
): Phase {
  const length = Math.round(longest * (0.1 + 0.9 * random()));
  const ms = Math.round(begin + random() * (part - length));
  return {from: {ms}, for: length, offline: true};
}
