import {SHORTEST} from './parse-schedule.js';
import type {Phase, Schedule} from './schedule.js';

/**
 * The same schedule in so many times less time: a day of commuting in minutes.
 * What the network is like in a phase, rates above all, is as it was.
 */
export const fasterSchedule = (
  {name, phases}: Schedule,
  factor: number,
): Schedule => ({
  name: `${name} ×${factor}`,
  phases: phases.map((phase) => quicken(phase, factor)),
});

function quicken(phase: Phase, factor: number): Phase {
  const {from, for: length = Infinity, every, spread = 0} = phase;
  const at = (ms: number): number => Math.floor(ms / factor);
  const begin = 'ms' in from ? from.ms : 0;
  // What began when this ended still does.
  const lasts = Math.max(SHORTEST, at(begin + length) - at(begin));
  const later = at(spread);
  return {
    ...phase,
    from: 'ms' in from ? {ms: at(from.ms)} : from,
    ...(phase.for === undefined ? {} : {for: lasts}),
    ...(phase.spread === undefined ? {} : {spread: later}),
    // Each is over before the next one begins.
    ...(every === undefined
      ? {}
      : {every: Math.max(Math.ceil(every / factor), lasts + later)}),
  };
}
