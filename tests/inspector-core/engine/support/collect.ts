/** Has the collector at work until all is settled, or for so many milliseconds. */
export async function collectUntilSettled(
  work: Promise<unknown>,
  within = 5_000,
): Promise<boolean> {
  const settled = work.then(() => true);
  for (const end = performance.now() + within; performance.now() < end;) {
    // The collector counts them in full, though they take no memory.
    for (let each = 0; each < 16; each += 1) void new ArrayBuffer(2 ** 26);
    const aTask = new Promise<false>((resolve) => {
      setTimeout(resolve, 1, false);
    });
    if (await Promise.race([settled, aTask])) return true;
  }
  return false;
}
