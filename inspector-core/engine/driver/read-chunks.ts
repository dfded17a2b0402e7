/** Takes bytes while it can; they are only lent, and gone when it returns. */
export type TakeBytes = (bytes: Uint8Array) => Promise<void>;

/**
 * Reads a body to its end into one buffer that is used again and again; where
 * the stream has no byte source, as it comes.
 */
export async function readChunks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  size: number,
  take: TakeBytes,
): Promise<void> {
  const reader = openByteReader(stream);
  if (reader === undefined) {
    const plain = stream.getReader();
    for (;;) {
      const {done, value} = await plain.read();
      if (done) return;
      await take(value);
    }
  }
  let buffer = new ArrayBuffer(size);
  for (;;) {
    const {done, value} = await reader.read(new Uint8Array(buffer));
    if (value !== undefined) ({buffer} = value);
    if (done) return;
    await take(value);
  }
}

function openByteReader(
  stream: ReadableStream,
): ReadableStreamBYOBReader | undefined {
  try {
    return stream.getReader({mode: 'byob'});
  } catch {
    // No byte stream: a made-up response, or an older browser.
    return undefined;
  }
}
