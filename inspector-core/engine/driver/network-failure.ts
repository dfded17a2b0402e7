/**
 * What the network, or who stands for it, fails with: of which a fetch is told.
 * Whatever else an attempt fails with is a fault of our own.
 */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';

  constructor(cause: unknown) {
    super('The network failed.', {cause});
  }
}

/** The same, with its failure marked as the network's. */
export async function overNetwork<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw new NetworkFailure(error);
  }
}
