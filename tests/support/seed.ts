declare global {
  // oxlint-disable-next-line no-var -- only `var` declares a global's member
  var givenSeed: number | undefined;
}

/**
 * Of a test that goes by chance: another one each time, or the one that the
 * environment gives as `BGF_SEED`, see scripts/wtr/config.ts. It is printed.
 */
export function chooseSeed(what: string): number {
  const seed = globalThis.givenSeed ?? Math.floor(Math.random() * 2 ** 31);
  console.log(`${what}: seed ${seed}`);
  return seed;
}
