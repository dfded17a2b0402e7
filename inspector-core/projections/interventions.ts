import type {
  FetchControlled,
  LogEntry,
  RuleFired,
} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import type {FetchDraft, OwnFetch} from './fetch-draft.js';
import {isOver} from './fetch-state.js';
import {sameScope} from './locate-fetch.js';

/** What the inspector brought about: it names a fetch by its id and scope. */
export function foldIntervention(
  draft: FetchDraft,
  {at}: LogEntry,
  fact: RuleFired | FetchControlled,
): void {
  const fetch = findById(draft, fact);
  if (fetch === undefined) return;
  if (fact.type === 'rule-fired') {
    const {type: _, id: _id, scope: _scope, ...fault} = fact;
    fetch.faults = pushBounded(fetch.faults, {at, ...fault}, BOUNDS.perFetch);
  } else {
    const control = {at, action: fact.action};
    fetch.controls = pushBounded(fetch.controls, control, BOUNDS.perFetch);
  }
  fetch.lastAt = Math.max(fetch.lastAt, at);
}

/** The one that goes on, or else the newest: an id may be used again. */
function findById(
  draft: FetchDraft,
  {id, scope}: RuleFired | FetchControlled,
): OwnFetch | undefined {
  const namesakes = draft
    .list()
    .filter((fetch) => fetch.id === id && sameScope(fetch.scope, scope));
  const found =
    namesakes.findLast(({phase}) => !isOver(phase)) ?? namesakes.at(-1);
  return draft.own(found?.key);
}
