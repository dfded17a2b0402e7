/** All keys that begin with these numbers. */
export function keysOf(...prefix: number[]): IDBKeyRange {
  // An array sorts behind every number.
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}

/** The parts of a record's responses below a generation. */
export function partsBelow(
  key: number,
  record: number,
  generation: number,
): IDBKeyRange {
  return IDBKeyRange.bound(
    [key, record, 1],
    [key, record, generation],
    false,
    true,
  );
}

/** The parts of a body that begin at a place, or behind it. */
export function partsFrom(
  key: number,
  record: number,
  generation: number,
  from: number,
): IDBKeyRange {
  return IDBKeyRange.bound(
    [key, record, generation, from],
    [key, record, generation, []],
  );
}
