import {BACKGROUND_FETCH_EVENTS} from '../platform/background-fetch.js';
import type {
  EpochMs,
  RegistrationRef,
  RegistrationSnapshot,
} from '../protocol/protocol.js';
import {phaseOf, type FetchDraft, type OwnFetch} from './fetch-draft.js';
import {isOver, type FetchState} from './fetch-state.js';

export interface Sighting {
  readonly registration: RegistrationRef;
  readonly snapshot: RegistrationSnapshot;
  readonly at: EpochMs;
}

const [, , , CLICK] = BACKGROUND_FETCH_EVENTS;

/** Whether a service worker's scope speaks against these being the same. */
export const sameScope = (
  a: string | undefined,
  b: string | undefined,
): boolean => a === undefined || b === undefined || a === b;

const hasEnded = (fetch: FetchState): boolean =>
  fetch.events.some(({name}) => name !== CLICK);

/**
 * Finds the fetch that a registration object stands for. An id is unique only
 * among active fetches (spec §fetch, step "already contains id"), so the result
 * that the object shows decides between successive fetches of one id.
 *
 * @returns `undefined` when no known fetch fits: it is then a new one, started
 * where nobody was watching.
 */
export function locateFetch(
  draft: FetchDraft,
  {registration, snapshot}: Sighting,
  role: 'object' | 'end-event',
): FetchState | undefined {
  const namesakes = draft
    .list()
    .filter(
      (fetch) =>
        fetch.id === registration.id &&
        sameScope(fetch.scope, registration.scope) &&
        fetch.phase !== 'rejected',
    );
  const phase = phaseOf(snapshot);
  if (phase === 'active') {
    return (
      namesakes.findLast((fetch) => fetch.phase === 'active') ??
      // The first of several calls wins; the others are going to be rejected.
      namesakes.find((fetch) => fetch.phase === 'requested')
    );
  }
  const fits = namesakes.filter(
    (fetch) => fetch.phase === phase || !isOver(fetch.phase),
  );
  // Events come in the order in which the fetches ended, one for each.
  if (role === 'end-event') return fits.find((fetch) => !hasEnded(fetch));
  return fits.at(-1);
}

/** Finds or makes the fetch of a registration object, and remembers which. */
export function sightFetch(
  draft: FetchDraft,
  instance: string,
  sighting: Sighting,
  role: 'object' | 'end-event' = 'object',
): OwnFetch {
  const {registration, at} = sighting;
  const known =
    draft.own(draft.find('instance', instance)) ??
    draft.own(locateFetch(draft, sighting, role)?.key);
  const fetch = known ?? draft.create(registration.id, registration.scope, at);
  if (registration.scope !== undefined) fetch.scope ??= registration.scope;
  if (draft.find('instance', instance) !== fetch.key) {
    draft.bind('instance', instance, fetch.key);
  }
  return fetch;
}
