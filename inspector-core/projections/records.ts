import type {RealmId, RecordDescription} from '../protocol/protocol.js';
import {adoptStrays} from './attempts.js';
import type {FetchDraft, OwnFetch} from './fetch-draft.js';
import {realmKey} from './fetch-state.js';

/**
 * Takes over a whole list of a fetch's records. `matchAll()` without arguments
 * answers in the order of the fetch() call (spec, "matchAll"), so a place in the
 * list is the place in the call.
 */
export function nameRecords(
  draft: FetchDraft,
  fetch: OwnFetch,
  realm: RealmId,
  records: readonly RecordDescription[],
): void {
  const isNew = fetch.records.length === 0;
  for (const [index, {record, request}] of records.entries()) {
    fetch.records[index] ??= {index, request, attempts: []};
    draft.bind('record', realmKey(realm, record), {fetch: fetch.key, index});
  }
  if (isNew) adoptStrays(draft, fetch);
}

/**
 * Tells which records a match() or matchAll() of the page gave: the first of the
 * same method and URL that this answer has not named yet, since one URL may be
 * requested several times.
 */
export function bindMatched(
  draft: FetchDraft,
  fetch: OwnFetch,
  realm: RealmId,
  records: readonly RecordDescription[],
): void {
  const taken = new Set<number>();
  for (const {record, request} of records) {
    const found = fetch.records.find(
      (candidate) =>
        !taken.has(candidate.index) &&
        candidate.request.url === request.url &&
        candidate.request.method === request.method,
    );
    if (found === undefined) continue;
    taken.add(found.index);
    const place = {fetch: fetch.key, index: found.index};
    draft.bind('record', realmKey(realm, record), place);
  }
}
