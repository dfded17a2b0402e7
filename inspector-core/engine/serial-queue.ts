/** Runs pieces of work one after the other, in the order in which they came. */
export type SerialQueue = <T>(work: () => Promise<T>) => Promise<T>;

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work);
    // A piece that fails does not keep the next one from its turn.
    last = next.catch(() => {});
    return next;
  };
}
