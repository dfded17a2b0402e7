import type {
  FetchKey,
  FetchState,
} from '../../inspector-core/projections/fetch-state.js';
import {realmKey} from '../../inspector-core/projections/fetch-state.js';
import type {FetchesState} from '../../inspector-core/projections/state.js';
import type {Fact, LogEntry} from '../../inspector-core/protocol/protocol.js';
import {formatEntrySummary} from '../format/entry-summary.js';
import {fetchSubject} from './fetch-subject.js';
import type {Subject} from './match-filter.js';

/** The fetch that an entry is about, where it is about one that is known. */
export function fetchKeyOf(
  {fact, source}: LogEntry,
  {keyOf}: FetchesState,
): FetchKey | undefined {
  if ('registration' in fact) {
    return keyOf.instance.get(
      realmKey(source.realm, fact.registration.instance),
    );
  }
  if ('call' in fact) return keyOf.call.get(realmKey(source.realm, fact.call));
  if ('attempt' in fact && typeof fact.attempt === 'string') {
    return keyOf.attempt.get(realmKey(source.realm, fact.attempt))?.fetch;
  }
  if ('event' in fact && typeof fact.event === 'number') {
    return keyOf.event.get(realmKey(source.realm, fact.event));
  }
  return undefined;
}

/** The id that an entry names by itself, known fetch or not. */
export function idOf(fact: Fact): string | undefined {
  if ('registration' in fact) return fact.registration.id;
  if (fact.type === 'rule-fired' || fact.type === 'fetch-controlled') {
    return fact.id;
  }
  if (fact.type === 'attempt-started') return fact.of?.id;
  if (fact.type !== 'call-started') return undefined;
  const {invocation} = fact;
  if ('id' in invocation) return invocation.id;
  return 'registration' in invocation ? invocation.registration.id : undefined;
}

function urlsOf({fact, source}: LogEntry): readonly string[] {
  switch (fact.type) {
    case 'call-started':
      return fact.invocation.method === 'fetch'
        ? fact.invocation.requests.map((request) => request.url)
        : [source.url];
    case 'attempt-started':
    case 'page-navigated':
      return [fact.url];
    case 'response-settled':
      return fact.outcome.status === 'fulfilled'
        ? [fact.outcome.response.url]
        : [];
    case 'records-listed':
      return fact.records.map((record) => record.request.url);
    default:
      return [source.url];
  }
}

function statusOf(fact: Fact): readonly string[] {
  if (fact.type === 'response-settled' && fact.outcome.status === 'fulfilled') {
    return [String(fact.outcome.response.status)];
  }
  return fact.type === 'attempt-responded' || fact.type === 'attempt-redirected'
    ? [String(fact.status)]
    : [];
}

/**
 * An entry as a filter sees it: by itself, and by the fetch it is about, so
 * that `is:failed` shows all that led to a failure.
 */
export function entrySubject(entry: LogEntry, fetches: FetchesState): Subject {
  const findFetch = (): FetchState | undefined => {
    const key = fetchKeyOf(entry, fetches);
    return key === undefined ? undefined : fetches.all.get(key);
  };
  return {
    *text() {
      yield entry.fact.type;
      yield idOf(entry.fact) ?? findFetch()?.id ?? '';
      yield formatEntrySummary(entry);
    },
    bytes: () => findFetch()?.downloaded ?? 0,
    values: (key) => {
      switch (key) {
        case 'type':
          return [entry.fact.type];
        case 'source':
          return [entry.source.kind];
        case 'url':
          return urlsOf(entry);
        case 'status':
          return statusOf(entry.fact);
        case 'id': {
          const id = idOf(entry.fact) ?? findFetch()?.id;
          return id === undefined ? [] : [id];
        }
        default: {
          const fetch = findFetch();
          return fetch === undefined ? [] : fetchSubject(fetch).values(key);
        }
      }
    },
  };
}
