import type {ByteSource} from './byte-source.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** Whoever decides when bytes of a body may go on, and how many. */
export interface Pacer {
  /** Bytes that may be read now; at least 1, unless the body is at its end. */
  allow(): Promise<number>;
  /** Resolves when bytes that were read may be given out; false: they are void. */
  pass(count: number): Promise<boolean>;
  /** They were given out. */
  passed(count: number): void;
  /** The source has ended; resolves when that may be told. */
  end(): Promise<void>;
  cancel(reason: unknown): void;
}

/**
 * A body whose bytes come as a pacer says. It is a byte stream where the source
 * is one: then bytes are read into the consumer's own buffer, and not copied.
 */
export function shapeBody(
  source: ByteSource,
  pacer: Pacer,
  adopt: (fail: (error: unknown) => void) => void,
): ReadableStream<Bytes> {
  const next = async (
    into: Bytes | undefined,
  ): Promise<{readonly bytes: Bytes | undefined; readonly rest?: Bytes}> => {
    const limit = await pacer.allow();
    if (limit === 0) return {bytes: undefined};
    const read = await source.read(limit, into);
    if (read.bytes === undefined) await pacer.end();
    else if (!(await pacer.pass(read.bytes.length))) return {bytes: undefined};
    return read;
  };
  const start = (controller: {error(reason: unknown): void}): void => {
    adopt((error) => {
      controller.error(error);
    });
  };
  const cancel = (reason: unknown): void => {
    pacer.cancel(reason);
  };

  if (!source.isByob) {
    return new ReadableStream<Bytes>(
      {
        start,
        cancel,
        async pull(controller) {
          const {bytes} = await next(undefined);
          if (bytes === undefined) {
            controller.close();
            return;
          }
          controller.enqueue(bytes);
          pacer.passed(bytes.length);
        },
      },
      // Nothing is read ahead, or a lost connection would take it along.
      {highWaterMark: 0},
    );
  }
  return new ReadableStream({
    type: 'bytes',
    start,
    cancel,
    async pull(controller) {
      const request = controller.byobRequest;
      const view = request?.view;
      if (request === null || !(view instanceof Uint8Array)) {
        const {bytes} = await next(undefined);
        if (bytes === undefined) {
          controller.close();
          return;
        }
        const count = bytes.length;
        controller.enqueue(bytes);
        pacer.passed(count);
        return;
      }
      // What is read into a buffer is moved into another one with its memory.
      const {buffer, byteOffset} = view as Bytes;
      const size = buffer.byteLength;
      const {bytes, rest} = await next(view as Bytes);
      if (bytes !== undefined) {
        const count = bytes.length;
        request.respondWithNewView(bytes);
        pacer.passed(count);
        return;
      }
      controller.close();
      // Or who reads into a buffer of his own is never told.
      const left = rest?.buffer ?? new ArrayBuffer(size);
      request.respondWithNewView(new Uint8Array(left, byteOffset, 0));
    },
  });
}
