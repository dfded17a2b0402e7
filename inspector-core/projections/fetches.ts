import type {
  CallSettled,
  CallStarted,
  EpochMs,
  EventDispatched,
  FetchRoute,
  LogEntry,
  RegistrationRef,
  RegistrationSnapshot,
  ResponseSettled,
} from '../protocol/protocol.js';
import {BOUNDS, pushBounded} from './bounds.js';
import {adoptStrays, foldAttempt, isPlaced} from './attempts.js';
import {applySnapshot, FetchDraft, type OwnFetch} from './fetch-draft.js';
import {realmKey} from './fetch-state.js';
import {foldIntervention, foldWorkerControl} from './interventions.js';
import {sightFetch} from './locate-fetch.js';
import type {Projection} from './projection.js';
import {bindRecords, nameRecords} from './records.js';
import type {FetchesState} from './state.js';
import {foldWait} from './worker-events.js';

/** Every background fetch, joined from what all realms and the wire saw of it. */
export const fetches: Projection<FetchesState> = {
  initial: {
    all: new Map(),
    made: 0,
    forgotten: 0,
    keyOf: {
      instance: new Map(),
      call: new Map(),
      event: new Map(),
      record: new Map(),
      attempt: new Map(),
      emulated: new Map(),
    },
    strays: [],
  },
  apply: (state, entries) => {
    const draft = new FetchDraft(state);
    for (const entry of entries) fold(draft, entry);
    return draft.close();
  },
};

function fold(draft: FetchDraft, entry: LogEntry): void {
  const {fact} = entry;
  switch (fact.type) {
    case 'call-started':
      return startCall(draft, entry, fact);
    case 'call-settled':
      return settleCall(draft, entry, fact);
    case 'registration-seen':
    case 'registration-progressed':
      sight(draft, entry, fact);
      return;
    case 'records-expired': {
      const fetch = draft.own(
        draft.find('instance', instanceKey(entry, fact.registration)),
      );
      if (fetch !== undefined) fetch.recordsAvailable = false;
      return;
    }
    case 'records-listed': {
      const fetch = draft.own(
        draft.find('instance', instanceKey(entry, fact.registration)),
      );
      if (fetch !== undefined) {
        nameRecords(draft, fetch, entry.source.realm, fact.records);
      }
      return;
    }
    case 'response-settled':
      return settleResponse(draft, entry, fact);
    case 'event-dispatched':
      return dispatchEvent(draft, entry, fact);
    case 'wait-until-called':
    case 'wait-until-settled':
    case 'event-finished':
      return foldWait(draft, entry, fact);
    case 'attempt-started':
    case 'attempt-sent':
    case 'attempt-redirected':
    case 'attempt-responded':
    case 'attempt-progressed':
    case 'attempt-finished':
      return foldAttempt(draft, entry, fact);
    case 'rule-fired':
    case 'fetch-controlled':
      return foldIntervention(draft, entry, fact);
    case 'worker-controlled':
      return foldWorkerControl(draft, entry, fact);
    case 'log-cleared':
      draft.strays = [];
      return draft.forgetEnded(0);
    default:
      return;
  }
}

const instanceKey = (entry: LogEntry, {instance}: RegistrationRef): string =>
  realmKey(entry.source.realm, instance);

function sight(
  draft: FetchDraft,
  entry: LogEntry,
  seen: {
    readonly registration: RegistrationRef;
    readonly snapshot: RegistrationSnapshot;
    readonly route?: FetchRoute;
  },
  role?: 'object' | 'end-event',
): OwnFetch {
  const {registration, snapshot} = seen;
  const fetch = sightFetch(
    draft,
    instanceKey(entry, registration),
    {registration, snapshot, at: entry.at},
    role,
  );
  // The call told it, if that was seen; else only the object knows.
  if (seen.route !== undefined) fetch.route = seen.route;
  applySnapshot(fetch, snapshot, entry.at);
  return fetch;
}

function startCall(
  draft: FetchDraft,
  entry: LogEntry,
  {call, invocation}: CallStarted,
): void {
  const key = realmKey(entry.source.realm, call);
  switch (invocation.method) {
    case 'fetch': {
      const {id, scope, requests, options, routed} = invocation;
      const fetch =
        findUnstarted(draft, id, scope, entry.at) ??
        draft.create(id, scope, entry.at);
      fetch.startedBy = key;
      fetch.openedAt = entry.at;
      if (routed !== undefined) {
        fetch.route = routed.route;
        fetch.routedBecause = routed.why;
      }
      if (options?.title !== undefined) fetch.title = options.title;
      if (options?.icons !== undefined) fetch.icons = options.icons;
      fetch.downloadTotal = options?.downloadTotal ?? 0;
      fetch.records = requests.map((request, index) => ({
        index,
        request,
        // The engine's may be there before the call is read.
        attempts: fetch.records[index]?.attempts.filter(isPlaced) ?? [],
      }));
      noteCall(draft, fetch, key);
      adoptStrays(draft, fetch);
      return;
    }
    case 'match':
    case 'matchAll':
    case 'abort': {
      const instance = instanceKey(entry, invocation.registration);
      const fetch = draft.own(draft.find('instance', instance));
      if (fetch !== undefined) noteCall(draft, fetch, key);
      return;
    }
    case 'updateUI': {
      const event = realmKey(entry.source.realm, invocation.event);
      const fetch = draft.own(draft.find('event', event));
      if (fetch !== undefined) noteCall(draft, fetch, key);
      return;
    }
    case 'get':
    case 'getIds':
      return;
  }
}

/**
 * A worker's event may be read before the call that led to it. Then the fetch is
 * there already, first seen after the moment at which it was called.
 */
function findUnstarted(
  draft: FetchDraft,
  id: string,
  scope: string | undefined,
  at: EpochMs,
): OwnFetch | undefined {
  const found = draft
    .list()
    .find(
      (fetch) =>
        fetch.id === id &&
        fetch.startedBy === undefined &&
        fetch.openedAt >= at &&
        (scope === undefined || fetch.scope === scope),
    );
  return draft.own(found?.key);
}

function noteCall(draft: FetchDraft, fetch: OwnFetch, key: string): void {
  fetch.calls = pushBounded(fetch.calls, key, BOUNDS.perFetch);
  draft.bind('call', key, fetch.key);
}

function settleCall(
  draft: FetchDraft,
  entry: LogEntry,
  {call, outcome}: CallSettled,
): void {
  const key = realmKey(entry.source.realm, call);
  const fetch = draft.own(draft.find('call', key));
  if (fetch !== undefined) fetch.lastAt = Math.max(fetch.lastAt, entry.at);
  if (outcome.status === 'rejected') {
    if (fetch?.startedBy !== key) return;
    fetch.phase = 'rejected';
    fetch.error = outcome.error;
    fetch.settledAt = entry.at;
    return;
  }
  const {value} = outcome;
  if (value.kind === 'registration') {
    if (fetch?.startedBy === key) return accept(draft, entry, fetch, value);
    noteCall(draft, sight(draft, entry, value), key);
  } else if (value.kind === 'records' && fetch !== undefined) {
    bindRecords(draft, fetch, entry.source.realm, value.records);
  }
}

/** fetch() resolved: its registration is this very fetch. */
function accept(
  draft: FetchDraft,
  entry: LogEntry,
  fetch: OwnFetch,
  seen: {
    readonly registration: RegistrationRef;
    readonly snapshot: RegistrationSnapshot;
  },
): void {
  const instance = instanceKey(entry, seen.registration);
  const other = draft.own(draft.find('instance', instance));
  if (other !== undefined && other.key !== fetch.key) {
    // Another realm's sight of it was read before the call was: one fetch.
    fetch.events.push(...other.events);
    draft.remove(other.key);
  }
  draft.bind('instance', instance, fetch.key);
  fetch.acceptedAt = entry.at;
  if (seen.registration.scope !== undefined) {
    fetch.scope = seen.registration.scope;
  }
  applySnapshot(fetch, seen.snapshot, entry.at);
}

function settleResponse(
  draft: FetchDraft,
  entry: LogEntry,
  {record, outcome}: ResponseSettled,
): void {
  const place = draft.find('record', realmKey(entry.source.realm, record));
  const fetch = draft.own(place?.fetch);
  const known = place === undefined ? undefined : fetch?.records[place.index];
  if (fetch === undefined || known === undefined) return;
  // A realm that asked too late gets a rejection; the response stands.
  if (known.response !== undefined) return;
  fetch.records[known.index] =
    outcome.status === 'fulfilled'
      ? {...known, response: outcome.response, settledAt: entry.at}
      : {...known, error: outcome.error, settledAt: entry.at};
  fetch.lastAt = Math.max(fetch.lastAt, entry.at);
}

function dispatchEvent(
  draft: FetchDraft,
  entry: LogEntry,
  fact: EventDispatched,
): void {
  const role = fact.name === 'backgroundfetchclick' ? 'object' : 'end-event';
  const fetch = sight(draft, entry, fact, role);
  const key = realmKey(entry.source.realm, fact.event);
  fetch.events.push({
    key,
    realm: entry.source.realm,
    name: fact.name,
    at: entry.at,
    handlers: fact.handlers,
    waits: [],
  });
  draft.bind('event', key, fetch.key);
}
