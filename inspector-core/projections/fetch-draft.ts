import type {EpochMs, RegistrationSnapshot} from '../protocol/protocol.js';
import {BOUNDS, setBounded} from './bounds.js';
import {extendCurve} from './byte-curve.js';
import {
  isOver,
  type AttemptState,
  type BytePoint,
  type FetchKey,
  type FetchState,
  type RecordState,
} from './fetch-state.js';
import type {FetchesState, FetchLookup} from './state.js';

/** A fetch that this batch has copied and may therefore write to. */
export interface OwnFetch extends Mutable<Omit<FetchState, OwnLists>> {
  curve: BytePoint[];
  records: RecordState[];
  events: FetchState['events'][number][];
}

type Mutable<T> = {-readonly [K in keyof T]: T[K]};
type OwnLists = 'curve' | 'records' | 'events';
type Writable<M> = M extends ReadonlyMap<infer K, infer V> ? Map<K, V> : never;

/**
 * The fetches while one batch is folded in: everything is copied at most once,
 * at its first change, and an untouched state is handed back as it was.
 */
export class FetchDraft {
  readonly #before: FetchesState;
  readonly #owned = new Map<FetchKey, OwnFetch>();
  readonly #lookup: Partial<{
    [K in keyof FetchLookup]: Writable<FetchLookup[K]>;
  }> = {};
  #all: Map<FetchKey, FetchState> | undefined;
  #made: number;
  #forgotten: number;
  #strays: readonly AttemptState[];

  constructor(before: FetchesState) {
    this.#before = before;
    this.#made = before.made;
    this.#forgotten = before.forgotten;
    this.#strays = before.strays;
  }

  get strays(): readonly AttemptState[] {
    return this.#strays;
  }

  set strays(strays: readonly AttemptState[]) {
    this.#strays = strays;
  }

  /** All fetches as they are now, oldest first. For reading. */
  list(): FetchState[] {
    const all = this.#all ?? this.#before.all;
    return [...all.values()].map(
      (fetch) => this.#owned.get(fetch.key) ?? fetch,
    );
  }

  /** The fetch, copied for writing; `undefined` if it was forgotten. */
  own(key: FetchKey | undefined): OwnFetch | undefined {
    if (key === undefined) return undefined;
    const owned = this.#owned.get(key);
    if (owned !== undefined) return owned;
    const fetch = (this.#all ?? this.#before.all).get(key);
    if (fetch === undefined) return undefined;
    return this.#adopt({
      ...fetch,
      curve: [...fetch.curve],
      records: [...fetch.records],
      events: [...fetch.events],
    });
  }

  /** Starts a fetch that nothing is known of but its id and when it was met. */
  create(id: string, scope: string | undefined, at: EpochMs): OwnFetch {
    this.#made += 1;
    return this.#adopt({
      key: `fetch-${this.#made}`,
      id,
      ...(scope === undefined ? {} : {scope}),
      route: 'native',
      phase: 'requested',
      openedAt: at,
      lastAt: at,
      downloadTotal: 0,
      downloaded: 0,
      uploadTotal: 0,
      uploaded: 0,
      recordsAvailable: false,
      curve: [],
      records: [],
      events: [],
      calls: [],
      faults: [],
      controls: [],
    });
  }

  /** Removes a fetch, as when it turns out to be another one. */
  remove(key: FetchKey): void {
    this.#all ??= new Map(this.#before.all);
    this.#all.delete(key);
    this.#owned.delete(key);
  }

  find<K extends keyof FetchLookup>(
    kind: K,
    key: string,
  ): ReturnType<FetchLookup[K]['get']> {
    const map: FetchLookup[K] = this.#lookup[kind] ?? this.#before.keyOf[kind];
    return map.get(key) as ReturnType<FetchLookup[K]['get']>;
  }

  bind<K extends keyof FetchLookup>(
    kind: K,
    key: string,
    value: NonNullable<ReturnType<FetchLookup[K]['get']>>,
  ): void {
    const map: Map<string, unknown> =
      this.#lookup[kind] ?? new Map<string, unknown>(this.#before.keyOf[kind]);
    setBounded(map, key, value, BOUNDS.lookup);
    this.#lookup[kind] = map as Writable<FetchLookup[K]> & undefined;
  }

  /** Forgets what has ended: all of it, or the oldest beyond the bound. */
  forgetEnded(keep: number): void {
    const all = this.list();
    let excess = all.length - keep;
    for (const fetch of all) {
      if (excess <= 0) break;
      if (!isOver(fetch.phase)) continue;
      this.remove(fetch.key);
      this.#forgotten += 1;
      excess -= 1;
    }
  }

  close(): FetchesState {
    const size = (this.#all ?? this.#before.all).size;
    // Ten per cent at once: looking for the oldest at each fetch would be slow.
    if (size > BOUNDS.fetches) this.forgetEnded(BOUNDS.fetches * 0.9);
    if (this.#owned.size > 0) {
      this.#all ??= new Map(this.#before.all);
      for (const [key, fetch] of this.#owned) this.#all.set(key, fetch);
    }
    const changed =
      this.#all !== undefined ||
      Object.keys(this.#lookup).length > 0 ||
      this.#strays !== this.#before.strays;
    if (!changed) return this.#before;
    return {
      all: this.#all ?? this.#before.all,
      made: this.#made,
      forgotten: this.#forgotten,
      keyOf: {...this.#before.keyOf, ...this.#lookup},
      strays: this.#strays,
    };
  }

  #adopt(fetch: OwnFetch): OwnFetch {
    this.#owned.set(fetch.key, fetch);
    this.#all ??= new Map(this.#before.all);
    this.#all.set(fetch.key, fetch);
    return fetch;
  }
}

/** Takes over what a registration showed at a moment. */
export function applySnapshot(
  fetch: OwnFetch,
  snapshot: RegistrationSnapshot,
  at: EpochMs,
): void {
  const last = fetch.curve.at(-1);
  // Realms are read one after another, so an older sight may come in later; and
  // a page, when it has the time: what shows no result is older than what does.
  const ends = snapshot.result !== '';
  const isNewest =
    ends === isOver(fetch.phase) ? last === undefined || at >= last.at : ends;
  if (isNewest) {
    fetch.downloaded = snapshot.downloaded;
    fetch.uploaded = snapshot.uploaded;
    fetch.recordsAvailable = snapshot.recordsAvailable;
    extendCurve(fetch.curve, {
      at: Math.max(at, last?.at ?? at),
      downloaded: snapshot.downloaded,
      uploaded: snapshot.uploaded,
    });
  }
  fetch.downloadTotal = snapshot.downloadTotal;
  fetch.uploadTotal = snapshot.uploadTotal;
  fetch.lastAt = Math.max(fetch.lastAt, at);
  if (snapshot.downloaded > 0 || snapshot.uploaded > 0) {
    fetch.firstByteAt = Math.min(fetch.firstByteAt ?? at, at);
  }
  if (fetch.phase === 'requested') fetch.phase = 'active';
  if (!ends) return;
  fetch.settledAt = Math.min(fetch.settledAt ?? at, at);
  fetch.phase = phaseOf(snapshot);
  if (snapshot.failureReason !== '') {
    fetch.failureReason = snapshot.failureReason;
  }
}

/** The phase that a registration's attributes stand for. */
export function phaseOf(
  snapshot: RegistrationSnapshot,
): 'active' | 'succeeded' | 'failed' | 'aborted' {
  if (snapshot.result === '') return 'active';
  if (snapshot.result === 'success') return 'succeeded';
  return snapshot.failureReason === 'aborted' ? 'aborted' : 'failed';
}
