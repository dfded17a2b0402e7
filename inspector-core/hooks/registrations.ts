/**
 * Follows every registration that the realm meets. Several objects may stand for
 * one fetch (Chromium makes a new one at each get()): each is told once, their
 * progress only once between them.
 */
import type {BackgroundFetchRegistration} from '../platform/background-fetch.js';
import type {
  RegistrationRef,
  RegistrationSeen,
  RegistrationSnapshot,
} from '../protocol/protocol.js';
import {describeId} from './describe.js';
import type {HookContext} from './hook-context.js';
import {watchExpiry} from './records-expiry.js';
import {createIndex, createTable} from '../platform/primordials.js';
import type {Records} from './records.js';

/** A registration as it is at one instant. */
export interface Sighting {
  readonly registration: RegistrationRef;
  readonly snapshot: RegistrationSnapshot;
}

export interface Registrations {
  /**
   * Takes note of a registration. What led to it is told by `tell` before the
   * registration itself is, if it is new.
   *
   * @throws TypeError if it is none.
   */
  meet(
    registration: BackgroundFetchRegistration,
    via: RegistrationSeen['via'],
    scope: string | undefined,
    tell?: (sighting: Sighting) => void,
  ): RegistrationRef;
  /** Whether a fetch of this id is being followed, and has no result yet. */
  isFollowed(id: string, scope: string): boolean;
  /** Looks whether its records have expired: no event tells. */
  checkRecords(registration: BackgroundFetchRegistration): void;
}

/** One fetch, as far as this realm can tell one from the next of the same id. */
export interface FollowedFetch {
  readonly key: string;
  ref: RegistrationRef;
  /**
   * Its first object, whose progress is told: another one tells the same, a bit
   * later, and so things that are over. Held until the result and the end of the
   * records are known: if the page let go of it, we would see no progress.
   */
  readonly first: BackgroundFetchRegistration;
  /** Its latest object, which knows best whether there are records. */
  latest: BackgroundFetchRegistration;
  last: RegistrationSnapshot;
  hasEnded: boolean;
  /** A worker event came for it. */
  hadEvent: boolean;
  hasExpired: boolean;
}

interface Known {
  readonly ref: RegistrationRef;
  readonly fetch: FollowedFetch;
}

export function followRegistrations(
  hook: HookContext,
  records: Records,
): Registrations {
  const {api, append, guard, on, routes} = hook;
  const objects = createTable<object, Known>();
  const fetches = createIndex<FollowedFetch>();
  /** The latest fetch of an id, for objects of which no scope is known. */
  const latest = createIndex<FollowedFetch>();
  let instances = 0;

  const expire = (fetch: FollowedFetch): void => {
    if (fetch.hasExpired) return;
    fetch.hasExpired = true;
    append({type: 'records-expired', registration: fetch.ref});
  };

  const release = (fetch: FollowedFetch): void => {
    if (fetches.get(fetch.key) === fetch) fetches.remove(fetch.key);
    if (latest.get(fetch.ref.id) === fetch) latest.remove(fetch.ref.id);
  };

  /** Once the result is known, only the end of the records is to come. */
  const end = (fetch: FollowedFetch): void => {
    if (fetch.hasEnded) return;
    fetch.hasEnded = true;
    watchExpiry(
      hook,
      () => {
        const {recordsAvailable} = api.snapshot(fetch.latest);
        if (!recordsAvailable) expire(fetch);
        if (!fetch.hasExpired) return false;
        release(fetch);
        return true;
      },
      () => release(fetch),
    );
  };

  const progress = (
    registration: BackgroundFetchRegistration,
    {ref, fetch}: Known,
  ): void => {
    const snapshot = api.snapshot(registration);
    // The first may never learn the result: a fetch can end before the browser
    // knows of its object.
    const isOver =
      fetch.hasEnded ||
      (registration !== fetch.first && snapshot.result === '');
    if (isOver) return;
    if (!isSameProgress(snapshot, fetch.last)) {
      fetch.last = snapshot;
      append({type: 'registration-progressed', registration: ref, snapshot});
    }
    if (snapshot.result !== '') end(fetch);
  };

  const identify = (
    {registration: ref, snapshot}: Sighting,
    via: RegistrationSeen['via'],
    registration: BackgroundFetchRegistration,
  ): FollowedFetch => {
    const key = keyOf(ref.id, ref.scope);
    const known = fetches.get(key);
    // An id is free again once its fetch has a result, and a fetch has one
    // event at its end.
    const isAnother =
      via === 'fetch' ||
      (known?.hasEnded === true &&
        (snapshot.result === '' || (via === 'event' && known.hadEvent)));
    if (known !== undefined && !isAnother) return known;
    const fetch: FollowedFetch = {
      key,
      ref,
      first: registration,
      latest: registration,
      last: snapshot,
      hasEnded: false,
      hadEvent: false,
      hasExpired: false,
    };
    fetches.set(key, fetch);
    latest.set(ref.id, fetch);
    if (snapshot.recordsAvailable) records.list(registration, ref);
    return fetch;
  };

  return {
    meet(registration, via, scope, tell) {
      const known = objects.get(registration);
      const snapshot = api.snapshot(registration);
      if (known !== undefined) {
        tell?.({registration: known.ref, snapshot});
        guard('registration', () => progress(registration, known));
        return known.ref;
      }
      const id = describeId(api.idOf(registration));
      const place = scope ?? latest.get(id)?.ref.scope;
      const ref: RegistrationRef = {
        id,
        ...(place !== undefined && {scope: place}),
        instance: (instances += 1),
      };
      const sighting = {registration: ref, snapshot};
      tell?.(sighting);
      append({
        type: 'registration-seen',
        ...sighting,
        via,
        ...(routes?.isEmulated(registration) === true && {route: 'emulated'}),
      });
      const fetch = identify(sighting, via, registration);
      const fresh = {ref, fetch};
      objects.set(registration, fresh);
      fetch.ref = ref;
      fetch.latest = registration;
      if (via === 'event') fetch.hadEvent = true;
      on(registration, 'progress', () => progress(registration, fresh));
      if (snapshot.result !== '') end(fetch);
      if (!snapshot.recordsAvailable) expire(fetch);
      return ref;
    },
    isFollowed: (id, scope) =>
      fetches.get(keyOf(describeId(id), scope))?.hasEnded === false,
    checkRecords(registration) {
      const fetch = objects.get(registration)?.fetch;
      if (fetch !== undefined && !api.snapshot(registration).recordsAvailable) {
        expire(fetch);
      }
    },
  };
}

const keyOf = (id: string, scope: string | undefined): string =>
  `${scope ?? ''}\n${id}`;

function isSameProgress(
  one: RegistrationSnapshot,
  other: RegistrationSnapshot,
): boolean {
  return (
    one.downloaded === other.downloaded &&
    one.uploaded === other.uploaded &&
    one.result === other.result &&
    one.failureReason === other.failureReason &&
    one.downloadTotal === other.downloadTotal &&
    one.uploadTotal === other.uploadTotal
  );
}
