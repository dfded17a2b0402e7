import type {Network} from '../../../../inspector-core/seams/network.js';
import type {Random} from '../../../../inspector-core/seams/random.js';
import {HAS_BYTE_STREAMS} from '../../../support/byte-streams.js';

type Bytes = Uint8Array<ArrayBuffer>;

/** A file of the made-up network. */
export class RandomFile {
  readonly status: number;
  /** All that it ever was, the present one last. */
  readonly versions: Bytes[];
  /** How often it was asked for. */
  requests = 0;
  /** The most bytes that anybody was given. */
  furthest = 0;

  constructor(status: number, content: Bytes) {
    this.status = status;
    this.versions = [content];
  }

  get content(): Bytes {
    return this.versions.at(-1) ?? new Uint8Array();
  }

  get etag(): string {
    return `"${this.versions.length}"`;
  }
}

export interface RandomNetworkOptions {
  readonly random: Random;
  readonly files: ReadonlyMap<string, RandomFile>;
  /**
   * Whether the browser says that it is offline when a connection breaks. If
   * not, connections break only after they have brought something new: one that
   * fails time after time would be a network error, and rightly so.
   */
  readonly breaksOffline: boolean;
  readonly onRequest: (request: Request) => void;
}

/**
 * A made-up network, for worlds that are tried by the thousand: files that
 * answer Range requests with 206, 416, or 200 all the same, and connections
 * that break at random.
 */
export function makeRandomNetwork({
  random,
  files,
  breaksOffline,
  onRequest,
}: RandomNetworkOptions): Network & {isCalm: boolean} {
  const below = (limit: number): number => Math.floor(random() * limit);
  const network = {
    /** Nothing breaks any more. */
    isCalm: false,
    isOnline: () => !breaksOffline || network.isCalm,
    whenOnline: () => Promise.resolve(),
    async fetch(request: Request): Promise<Response> {
      for (let turns = below(4); turns > 0; turns -= 1) await Promise.resolve();
      request.signal.throwIfAborted();
      onRequest(request);
      const file = files.get(request.url);
      if (file === undefined) throw new TypeError('There is no such host.');
      file.requests += 1;
      if (!network.isCalm && breaksOffline && random() < 0.15) {
        throw new TypeError('Made to fail.');
      }
      return answer(request, file);
    },
  };

  function answer(request: Request, file: RandomFile): Response {
    const {content, etag, status} = file;
    const range = /^bytes=(\d+)-$/.exec(request.headers.get('range') ?? '');
    const ifRange = request.headers.get('if-range');
    const isGranted =
      range !== null &&
      status === 200 &&
      (ifRange === null || ifRange === etag) &&
      (network.isCalm || random() < 0.8);
    const from = isGranted ? Number(range[1]) : 0;
    const total = content.length;
    const headers = {ETag: etag};
    if (isGranted && from >= total) {
      const none = {...headers, 'Content-Range': `bytes */${total}`};
      return new Response('', {status: 416, headers: none});
    }
    const least = breaksOffline ? from : Math.max(from, file.furthest + 1);
    const breaks = !network.isCalm && least < total && random() < 0.6;
    const end = breaks ? least + below(total - least) : undefined;
    // A part may also end early as if that were all of it.
    const isShort = isGranted && random() < 0.3 && least > from;
    const body = pour(file, from, end, isShort, request.signal);
    const part = `bytes ${from}-${total - 1}/${total}`;
    return new Response(body, {
      status: isGranted ? 206 : status,
      headers: isGranted ? {...headers, 'Content-Range': part} : headers,
    });
  }

  /** In pieces, and broken off at `end`. */
  function pour(
    file: RandomFile,
    start: number,
    end: number | undefined,
    isShort: boolean,
    signal: AbortSignal,
  ): ReadableStream<Bytes> {
    const {content} = file;
    let place = start;
    return new ReadableStream({
      type: random() < 0.5 && HAS_BYTE_STREAMS ? 'bytes' : undefined,
      pull(controller: {
        enqueue(bytes: Bytes): void;
        close(): void;
        error(reason: unknown): void;
        readonly byobRequest?: ReadableStreamBYOBRequest | null;
      }) {
        const limit = end ?? content.length;
        if (signal.aborted) {
          controller.error(signal.reason);
        } else if (place < limit) {
          const to = Math.min(limit, place + 1 + below(2_000));
          controller.enqueue(content.slice(place, to));
          place = to;
          file.furthest = Math.max(file.furthest, to);
        } else if (end === undefined || isShort) {
          controller.close();
          // Or who reads into a buffer of his own is never told.
          controller.byobRequest?.respond(0);
        } else {
          controller.error(new TypeError('Made to break.'));
        }
      },
    } as UnderlyingDefaultSource<Bytes>);
  }
  return network;
}
