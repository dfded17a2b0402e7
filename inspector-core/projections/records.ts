import type {
  RealmId,
  RecordDescription,
  RequestDescription,
} from '../protocol/protocol.js';
import {adoptStrays} from './attempts.js';
import type {FetchDraft, OwnFetch} from './fetch-draft.js';
import {realmKey} from './fetch-state.js';

/**
 * Takes over a whole list of a fetch's records. Where the fetch() call was seen
 * the records have their places already; else the list is all there is to go by.
 */
export function nameRecords(
  draft: FetchDraft,
  fetch: OwnFetch,
  realm: RealmId,
  records: readonly RecordDescription[],
): void {
  if (fetch.records.length === 0) {
    fetch.records = records.map(({request}, index) => ({
      index,
      request,
      attempts: [],
    }));
    adoptStrays(draft, fetch);
  }
  bindRecords(draft, fetch, realm, records);
}

/**
 * Tells which records an answer of match() or matchAll() has: the first of the
 * same method and URL that it has not named yet, since one URL may be requested
 * several times. The place in the answer says nothing: the specification orders
 * it as the fetch() call was, Chromium does not.
 */
export function bindRecords(
  draft: FetchDraft,
  fetch: OwnFetch,
  realm: RealmId,
  records: readonly RecordDescription[],
): void {
  const places = new Map<string, number[]>();
  for (const {index, request} of fetch.records) {
    const key = keyOf(request);
    const indices = places.get(key);
    if (indices === undefined) places.set(key, [index]);
    else indices.push(index);
  }
  for (const {record, request} of records) {
    const index = places.get(keyOf(request))?.shift();
    if (index === undefined) continue;
    const place = {fetch: fetch.key, index};
    draft.bind('record', realmKey(realm, record), place);
  }
}

const keyOf = ({method, url}: RequestDescription): string => `${method} ${url}`;
