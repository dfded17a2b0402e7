import type {Network} from '../../../../inspector-core/seams/network.js';
import {HAS_BYTE_STREAMS} from '../../../support/byte-streams.js';

export interface MadeUpServer extends Network {
  /** What came, as `GET /file bytes=5- "1"` with an `If-Range`. */
  readonly requests: readonly string[];
  /** How many connections were closed from this side. */
  readonly closed: number;
}

/** Bytes that differ from place to place. */
export function makeFile(length: number): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    {length},
    (_, index) => (index * 31 + (index >> 8)) & 255,
  );
}

export interface MadeUpServerOptions {
  /** Bytes of a piece, in which a body comes. */
  readonly piece?: number;
  /** Whether bodies are byte streams, as those of `fetch()`. */
  readonly isByob?: boolean;
}

/** A network that is made up: one file at every URL, with Range and ETag. */
export function makeServer(
  file: Uint8Array<ArrayBuffer>,
  {piece = 1_000, isByob = HAS_BYTE_STREAMS}: MadeUpServerOptions = {},
): MadeUpServer {
  const requests: string[] = [];
  let closed = 0;
  return {
    requests,
    get closed() {
      return closed;
    },
    isOnline: () => true,
    whenOnline: () => Promise.resolve(),
    async fetch(request) {
      const range = request.headers.get('Range') ?? '';
      const path = new URL(request.url).pathname;
      const ifRange = request.headers.get('If-Range') ?? '';
      requests.push(`${request.method} ${path} ${range} ${ifRange}`.trim());
      request.signal.throwIfAborted();
      request.signal.addEventListener('abort', () => {
        closed += 1;
      });
      const from = Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0);
      const headers: Record<string, string> = {
        ETag: '"1"',
        'Content-Length': String(file.length - from),
      };
      if (range !== '') {
        headers['Content-Range'] =
          `bytes ${from}-${file.length - 1}/${file.length}`;
      }
      const body = pour(file.subarray(from), piece, isByob);
      return new Response(body, {status: range === '' ? 200 : 206, headers});
    },
  };
}

function pour(
  bytes: Uint8Array<ArrayBuffer>,
  piece: number,
  isByob: boolean,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let place = 0;
  const next = (): Uint8Array<ArrayBuffer> => {
    const chunk = bytes.slice(place, place + piece);
    place += chunk.length;
    return chunk;
  };
  if (!isByob) {
    return new ReadableStream({
      pull(controller) {
        const chunk = next();
        if (chunk.length === 0) controller.close();
        else controller.enqueue(chunk);
      },
    });
  }
  return new ReadableStream({
    type: 'bytes',
    pull(controller) {
      const chunk = next();
      if (chunk.length > 0) {
        controller.enqueue(chunk);
        return;
      }
      controller.close();
      controller.byobRequest?.respond(0);
    },
  });
}
