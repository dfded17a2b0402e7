import {
  isOver,
  type FetchState,
} from '../../inspector-core/projections/fetch-state.js';
import type {Stretch} from './lane.js';

/** When its user had it wait, from each pause to what ended it. */
export function pauses(fetch: FetchState): readonly Stretch[] {
  const {controls, phase, settledAt, lastAt} = fetch;
  const found: Stretch[] = [];
  let from: number | undefined;
  for (const {at, action} of controls) {
    if (action === 'pause') from ??= at;
    else if (action === 'resume' && from !== undefined) {
      found.push({kind: 'paused', from, to: at});
      from = undefined;
    }
  }
  if (from === undefined) return found;
  const to = isOver(phase) ? {to: settledAt ?? lastAt} : {};
  return [...found, {kind: 'paused', from, ...to}];
}
