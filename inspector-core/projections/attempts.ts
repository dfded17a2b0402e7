import type {
  AttemptFinished,
  AttemptRedirected,
  AttemptResponded,
  AttemptSent,
  AttemptStarted,
  LogEntry,
} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import type {FetchDraft, OwnFetch} from './fetch-draft.js';
import {isOver, type AttemptState, type FetchState} from './fetch-state.js';
import type {RecordPlace} from './state.js';

type AttemptFact =
  | AttemptStarted
  | AttemptSent
  | AttemptRedirected
  | AttemptResponded
  | AttemptFinished;

/**
 * The wire names neither fetch nor record: an attempt belongs to the record of
 * an active fetch with its method and URL that has the fewest attempts so far.
 */
export function foldAttempt(
  draft: FetchDraft,
  {at}: LogEntry,
  fact: AttemptFact,
): void {
  if (fact.type === 'attempt-started') {
    const {attempt, url, method, initiator} = fact;
    const begun: AttemptState = {
      attempt,
      url,
      method,
      startedAt: at,
      redirects: [],
      ...(initiator === undefined ? {} : {initiator}),
    };
    const place = findRecord(
      draft.list().filter((fetch) => !isOver(fetch.phase)),
      begun,
    );
    if (place === undefined) {
      draft.strays = pushBounded(draft.strays, begun, BOUNDS.strays);
    } else {
      addAttempt(draft, place, begun);
    }
    return;
  }
  const stray = draft.strays.find(({attempt}) => attempt === fact.attempt);
  if (stray !== undefined) {
    const later = next(stray, at, fact);
    draft.strays = draft.strays.map((each) => (each === stray ? later : each));
    return;
  }
  const place = draft.find('attempt', fact.attempt);
  const fetch = draft.own(place?.fetch);
  const record = place === undefined ? undefined : fetch?.records[place.index];
  if (fetch === undefined || record === undefined) return;
  fetch.records[record.index] = {
    ...record,
    attempts: record.attempts.map((each) =>
      each.attempt === fact.attempt ? next(each, at, fact) : each,
    ),
  };
  fetch.lastAt = Math.max(fetch.lastAt, at);
}

/**
 * The wire's channel may be faster than the page's: gives a fetch that just
 * became known the attempts that were seen before it.
 */
export function adoptStrays(draft: FetchDraft, fetch: OwnFetch): void {
  for (const stray of draft.strays) {
    if (stray.startedAt < fetch.openedAt) continue;
    const place = findRecord([fetch], stray);
    if (place === undefined) continue;
    draft.strays = draft.strays.filter((each) => each !== stray);
    addAttempt(draft, place, stray);
  }
}

function findRecord(
  fetches: readonly FetchState[],
  {url, method, initiator}: AttemptState,
): RecordPlace | undefined {
  const bare = url.split('#', 1)[0];
  const candidates = fetches
    .filter(
      ({scope}) =>
        scope === undefined ||
        initiator === undefined ||
        scope.startsWith(`${initiator}/`),
    )
    .flatMap((fetch) =>
      fetch.records
        .filter(
          ({request}) =>
            request.method === method && request.url.split('#', 1)[0] === bare,
        )
        .map(({index, attempts}) => ({
          place: {fetch: fetch.key, index},
          attempts: attempts.length,
        })),
    );
  const fewest = Math.min(...candidates.map(({attempts}) => attempts));
  return candidates.find(({attempts}) => attempts === fewest)?.place;
}

function addAttempt(
  draft: FetchDraft,
  place: RecordPlace,
  attempt: AttemptState,
): void {
  const fetch = draft.own(place.fetch);
  const record = fetch?.records[place.index];
  if (fetch === undefined || record === undefined) return;
  fetch.records[place.index] = {
    ...record,
    attempts: pushBounded(record.attempts, attempt, BOUNDS.perFetch),
  };
  fetch.lastAt = Math.max(fetch.lastAt, attempt.startedAt);
  draft.bind('attempt', attempt.attempt, place);
}

function next<A extends AttemptState>(
  attempt: A,
  at: number,
  fact: Exclude<AttemptFact, AttemptStarted>,
): A {
  switch (fact.type) {
    case 'attempt-sent':
      return {...attempt, sentAt: at, requestHeaders: fact.headers};
    case 'attempt-redirected': {
      const redirect = {at, status: fact.status, to: fact.to};
      return {
        ...attempt,
        redirects: pushBounded(attempt.redirects, redirect, BOUNDS.perFetch),
      };
    }
    case 'attempt-responded':
      return {
        ...attempt,
        respondedAt: at,
        status: fact.status,
        responseHeaders: fact.headers,
        fromCache: fact.fromCache,
        ...(fact.ip === undefined ? {} : {ip: fact.ip}),
      };
    case 'attempt-finished':
      return {
        ...attempt,
        finishedAt: at,
        ...(fact.error === undefined ? {} : {error: fact.error}),
      };
  }
}
