import type {
  FetchControlled,
  LogEntry,
  RuleFired,
  WorkerControlled,
} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import type {FetchDraft, OwnFetch} from './fetch-draft.js';
import {isOver, type ControlState} from './fetch-state.js';
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
    fetch.lastAt = Math.max(fetch.lastAt, at);
  } else control(fetch, {at, action: fact.action});
}

/** All that go on in the engine are under what was done to their worker. */
export function foldWorkerControl(
  draft: FetchDraft,
  {at}: LogEntry,
  {scope, action}: WorkerControlled,
): void {
  for (const {key, ...known} of draft.list()) {
    const isUnder =
      known.route === 'emulated' &&
      !isOver(known.phase) &&
      sameScope(known.scope, scope);
    const fetch = isUnder ? draft.own(key) : undefined;
    if (fetch === undefined) continue;
    control(fetch, {at, action});
    if (action !== 'clear-storage') continue;
    fetch.phase = 'aborted';
    fetch.settledAt = at;
    fetch.recordsAvailable = false;
  }
}

function control(fetch: OwnFetch, done: ControlState): void {
  fetch.controls = pushBounded(fetch.controls, done, BOUNDS.perFetch);
  fetch.lastAt = Math.max(fetch.lastAt, done.at);
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
