/**
 * Lists in other people's pages, which may have replaced the methods of lists,
 * and put setters on their indices.
 */
const {setPrototypeOf} = Object;

/** A list to which no code of the page comes; it has no methods either. */
export function withoutPrototype<T>(list: T[]): T[] {
  setPrototypeOf(list, null);
  return list;
}

/** Undefined if it is not in the list. */
export function placeIn(
  list: readonly unknown[],
  item: unknown,
): number | undefined {
  for (let index = 0; index < list.length; index += 1) {
    if (list[index] === item) return index;
  }
  return undefined;
}

/** Whether it is one of a few words. */
export const isOneOf = <T extends string>(
  words: readonly T[],
  value: unknown,
): value is T => placeIn(words, value) !== undefined;
