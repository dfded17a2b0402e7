import type {Trigger} from '../rules/rule.js';
import type {Extent} from './shape-head.js';

/** Bytes of an attempt's body before its rule's effect comes; Infinity: never. */
export function findBoundary(trigger: Trigger, {base, total}: Extent): number {
  let byte = Infinity;
  if (trigger.at === 'byte') {
    if (trigger.of === 'attempt') return trigger.byte;
    ({byte} = trigger);
  } else if (trigger.at === 'percent' && total !== undefined) {
    byte = Math.floor((total * trigger.percent) / 100);
  }
  // An attempt that begins where the one before it was cut goes on.
  return byte > base || (byte === 0 && base === 0) ? byte - base : Infinity;
}
