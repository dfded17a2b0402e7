/** Whether two things are the same as JSON, in whatever order fields are. */
export const isSame = (one: unknown, other: unknown): boolean =>
  textOf(one) === textOf(other);

/** JSON that is the same for what is the same. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)),
        )
      : part,
  );
