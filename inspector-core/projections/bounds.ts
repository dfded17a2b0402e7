/** Sizes that keep the state flat, however long a session lasts. */
export const BOUNDS = {
  /** Fetches; beyond it the oldest that have ended are forgotten. */
  fetches: 2_000,
  /** Points of one byte curve. */
  curve: 512,
  /** Remembered instances, calls, events, records and attempts, of each kind. */
  lookup: 20_000,
  /** Calls, worker events and attempts listed on one fetch or record. */
  perFetch: 200,
  /** API calls. */
  calls: 5_000,
  /** Realms that have closed. */
  closedRealms: 200,
  navigations: 50,
  /** Rules whose firing is counted: as many as conditions take. */
  rules: 1_000,
  /** Changes of conditions, and times without a network. */
  simulation: 200,
  strays: 100,
} as const;

/** Appends to a list and drops from its front what is beyond the bound. */
export function pushBounded<T>(
  list: readonly T[],
  item: T,
  bound: number,
): readonly T[] {
  return [...(list.length < bound ? list : list.slice(1)), item];
}

/** Sets a key and drops the oldest ones beyond the bound. */
export function setBounded<K, V>(
  map: Map<K, V>,
  key: K,
  value: V,
  bound: number,
): void {
  map.set(key, value);
  if (map.size <= bound) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
