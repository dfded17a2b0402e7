/** Takes bytes while it can; they are only lent, and gone when it returns. */
export type TakeBytes = (bytes: Uint8Array) => Promise<void>;

export interface ChunkReader {
  /** The next bytes; only lent until the next call. Undefined at the end. */
  read(): Promise<Uint8Array | undefined>;
  /** Closes the connection. */
  cancel(): void;
}

/** Reads a body to its end. */
export async function readChunks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  size: number,
  take: TakeBytes,
): Promise<void> {
  const reader = openChunks(stream, size);
  for (;;) {
    const bytes = await reader.read();
    if (bytes === undefined) return;
    await take(bytes);
  }
}

/**
 * Reads a body into one buffer that is used again and again; where the stream
 * has no byte source, as it comes.
 */
export function openChunks(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  size: number,
): ChunkReader {
  const reader = openByteReader(stream);
  if (reader === undefined) {
    const plain = stream.getReader();
    return {
      read: async () => (await plain.read()).value,
      cancel: () => {
        plain.cancel().catch(() => {});
      },
    };
  }
  let buffer = new ArrayBuffer(size);
  return {
    async read() {
      const {done, value} = await reader.read(new Uint8Array(buffer));
      if (value !== undefined) ({buffer} = value);
      return done ? undefined : value;
    },
    cancel: () => {
      reader.cancel().catch(() => {});
    },
  };
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
