import type {
  AttemptFinished,
  AttemptProgressed,
  AttemptRedirected,
  AttemptResponded,
  AttemptSent,
  AttemptStarted,
  LogEntry,
  RecordRef,
} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import type {FetchDraft, OwnFetch} from './fetch-draft.js';
import {
  isOver,
  realmKey,
  type AttemptState,
  type FetchState,
} from './fetch-state.js';
import type {RecordPlace} from './state.js';

type AttemptFact =
  | AttemptStarted
  | AttemptSent
  | AttemptRedirected
  | AttemptResponded
  | AttemptProgressed
  | AttemptFinished;

/** Whether it is certain which record an attempt is of. */
export const isPlaced = ({of}: AttemptState): boolean => of !== undefined;

/**
 * The engine says of which record an attempt is. The wire names neither fetch
 * nor record: there it belongs to the record of an active fetch with its method
 * and URL that has the fewest attempts so far.
 */
export function foldAttempt(
  draft: FetchDraft,
  {at, source}: LogEntry,
  fact: AttemptFact,
): void {
  const key = realmKey(source.realm, fact.attempt);
  if (fact.type === 'attempt-started') {
    const {url, method, initiator, of} = fact;
    const begun: AttemptState = {
      key,
      url,
      method,
      startedAt: at,
      redirects: [],
      ...(initiator === undefined ? {} : {initiator}),
      ...(of === undefined ? {} : {of}),
    };
    const place =
      of === undefined
        ? guessPlace(
            draft.list().filter(({phase}) => !isOver(phase)),
            begun,
          )
        : tellPlace(draft, draft.list(), begun, of);
    if (place === undefined) {
      draft.strays = pushBounded(draft.strays, begun, BOUNDS.strays);
    } else {
      addAttempt(draft, place, begun);
    }
    return;
  }
  const stray = draft.strays.find((each) => each.key === key);
  if (stray !== undefined) {
    const later = next(stray, at, fact);
    draft.strays = draft.strays.map((each) => (each === stray ? later : each));
    return;
  }
  const place = draft.find('attempt', key);
  const fetch = draft.own(place?.fetch);
  const record = place === undefined ? undefined : fetch?.records[place.index];
  if (fetch === undefined || record === undefined) return;
  fetch.records[record.index] = {
    ...record,
    attempts: record.attempts.map((each) =>
      each.key === key ? next(each, at, fact) : each,
    ),
  };
  fetch.lastAt = Math.max(fetch.lastAt, at);
}

/**
 * The wire's channel, and the worker's, may be faster than the page's: gives a
 * fetch that just became known the attempts that were seen before it.
 */
export function adoptStrays(draft: FetchDraft, fetch: OwnFetch): void {
  for (const stray of draft.strays) {
    const {of, startedAt} = stray;
    const place =
      of !== undefined
        ? tellPlace(draft, [fetch], stray, of)
        : startedAt < fetch.openedAt
          ? undefined
          : guessPlace([fetch], stray);
    if (place === undefined) continue;
    draft.strays = draft.strays.filter((each) => each !== stray);
    addAttempt(draft, place, stray);
  }
}

function tellPlace(
  draft: FetchDraft,
  fetches: readonly FetchState[],
  {startedAt}: AttemptState,
  {scope, id, fetch: number, index}: RecordRef,
): RecordPlace | undefined {
  const name = `${scope} ${number}`;
  const known = draft.find('emulated', name);
  const found = fetches.findLast((fetch) =>
    known === undefined
      ? fetch.id === id &&
        (fetch.scope === undefined || fetch.scope === scope) &&
        fetch.route === 'emulated' &&
        // Of successive fetches of one id it is the last that had begun. Where
        // that was not seen, the engine may have been at work long before.
        (fetch.startedBy === undefined || fetch.openedAt <= startedAt) &&
        !fetch.records.some(({attempts}) => attempts.some(isPlaced))
      : fetch.key === known,
  );
  if (found?.records[index] === undefined) return undefined;
  if (known === undefined) draft.bind('emulated', name, found.key);
  return {fetch: found.key, index};
}

function guessPlace(
  fetches: readonly FetchState[],
  {url, method, initiator}: AttemptState,
): RecordPlace | undefined {
  const bare = url.split('#', 1)[0];
  const candidates = fetches
    .filter(
      ({scope, route}) =>
        // The engine's requests are not among those that the wire tells of.
        route === 'native' &&
        (scope === undefined ||
          initiator === undefined ||
          scope.startsWith(`${initiator}/`)),
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
  draft.bind('attempt', attempt.key, place);
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
        ...(fact.fromCache === undefined ? {} : {fromCache: fact.fromCache}),
        ...(fact.ip === undefined ? {} : {ip: fact.ip}),
      };
    case 'attempt-progressed':
      return {...attempt, received: fact.received};
    case 'attempt-finished':
      return {
        ...attempt,
        finishedAt: at,
        ...(fact.received === undefined ? {} : {received: fact.received}),
        ...(fact.error === undefined ? {} : {error: fact.error}),
      };
  }
}
