export type BodyStream = ReadableStream<Uint8Array<ArrayBuffer>>;

/**
 * Reads the bodies of a new fetch's requests, each by `read`; as soon as one
 * fails, the others are given up.
 *
 * @param explain what is thrown then, of the first that failed in their order
 * @returns what was read; undefined where there is no body
 */
export async function readTogether<T>(
  bodies: readonly (BodyStream | undefined)[],
  read: (body: BodyStream, index: number) => Promise<T>,
  explain: (
    reason: unknown,
    results: readonly PromiseSettledResult<unknown>[],
  ) => Error,
): Promise<readonly (T | undefined)[]> {
  const failed = new AbortController();
  const {signal} = failed;
  // "For each requestInfo … in parallel: read all bytes from the body."
  const results = await Promise.allSettled(
    bodies.map(async (body, index) => {
      if (body === undefined) return undefined;
      try {
        return await read(
          body.pipeThrough(new TransformStream(), {signal}),
          index,
        );
      } catch (error) {
        // "If any fails, then … the other streams that are readable are
        // errored with an AbortError." They are cancelled, which says to their
        // sources what an error would not.
        failed.abort(new DOMException('Another body failed.', 'AbortError'));
        throw error;
      }
    }),
  );
  const failure = results.find(({status}) => status === 'rejected');
  if (failure?.status === 'rejected') throw explain(failure.reason, results);
  return results.map((result) =>
    result.status === 'fulfilled' ? result.value : undefined,
  );
}
