type Bytes = Uint8Array<ArrayBuffer>;

/** The bytes of a body, no more at a time than asked for. */
export interface ByteSource {
  /** Whether it can read into a buffer that it is given. */
  readonly isByob: boolean;
  /**
   * At most so many bytes, in the given buffer if there is one; undefined at
   * the end, with the buffer if it is still there.
   */
  read(
    limit: number,
    into: Bytes | undefined,
  ): Promise<{readonly bytes: Bytes | undefined; readonly rest?: Bytes}>;
  cancel(reason: unknown): void;
}

/** Bytes that are read at a time where the reader brings no buffer. */
const READ_SIZE = 64 * 1_024;

export function openSource(stream: ReadableStream<Bytes>): ByteSource {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({mode: 'byob'});
  } catch {
    // No byte stream: a made-up response, or a browser that has none.
    return openPlainSource(stream);
  }
  return {
    isByob: true,
    async read(limit, into) {
      const view =
        into === undefined
          ? new Uint8Array(Math.min(limit, READ_SIZE))
          : into.subarray(0, Math.min(limit, into.length));
      const {done, value} = await reader.read(view);
      if (!done) return {bytes: value};
      return {bytes: undefined, ...(value === undefined ? {} : {rest: value})};
    },
    cancel(reason) {
      reader.cancel(reason).catch(() => {});
    },
  };
}

function openPlainSource(stream: ReadableStream<Bytes>): ByteSource {
  const reader = stream.getReader();
  let held: Bytes | undefined;
  return {
    isByob: false,
    async read(limit) {
      while (held === undefined || held.length === 0) {
        const {done, value} = await reader.read();
        if (done) return {bytes: undefined};
        held = value;
      }
      const bytes = held.subarray(0, limit);
      held = held.subarray(bytes.length);
      return {bytes};
    },
    cancel(reason) {
      reader.cancel(reason).catch(() => {});
    },
  };
}
