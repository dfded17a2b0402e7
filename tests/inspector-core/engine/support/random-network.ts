import type {Network} from '../../../../inspector-core/engine/seams/network.js';
import type {Random} from '../../../../inspector-core/engine/seams/random.js';

/**
 * A made-up network, for worlds that are tried by the hundred: files that answer
 * Range requests, and connections that break at random.
 */
export function makeRandomNetwork(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  random: Random,
): Network & {calm: boolean} {
  const below = (limit: number): number => Math.floor(random() * limit);
  const network = {
    /** Nothing breaks any more. */
    calm: false,
    isOnline: () => network.calm || random() < 0.5,
    whenOnline: () => Promise.resolve(),
    async fetch(request: Request): Promise<Response> {
      const content = files.get(request.url);
      await Promise.resolve();
      request.signal.throwIfAborted();
      if (content === undefined) return new Response('', {status: 404});
      const range = /^bytes=(\d+)-$/.exec(request.headers.get('range') ?? '');
      const from = Number(range?.[1] ?? 0);
      const total = content.length;
      const dice = network.calm ? 1 : random();
      const headers = {ETag: '"1"'};
      if (from > 0 && from >= total) {
        const none = {...headers, 'Content-Range': `bytes */${total}`};
        return new Response('', {status: 416, headers: none});
      }
      const isPart = from > 0 && dice > 0.2;
      const start = isPart ? from : 0;
      const end = dice < 0.6 ? start + below(total - start) : undefined;
      const part = {
        ...headers,
        'Content-Range': `bytes ${start}-${total - 1}/${total}`,
      };
      return new Response(pour(content, start, end, request.signal), {
        status: isPart ? 206 : 200,
        headers: isPart ? part : headers,
      });
    },
  };

  /** In pieces, and broken off at `end`. */
  function pour(
    content: Uint8Array<ArrayBuffer>,
    start: number,
    end: number | undefined,
    signal: AbortSignal,
  ): ReadableStream<Uint8Array<ArrayBuffer>> {
    let place = start;
    return new ReadableStream({
      type: random() < 0.5 ? 'bytes' : undefined,
      pull(controller: {
        enqueue(bytes: Uint8Array<ArrayBuffer>): void;
        close(): void;
        error(reason: unknown): void;
        readonly byobRequest?: ReadableStreamBYOBRequest | null;
      }) {
        const limit = end ?? content.length;
        if (signal.aborted) controller.error(signal.reason);
        else if (place < limit) {
          const to = Math.min(limit, place + 1 + below(700));
          controller.enqueue(content.slice(place, to));
          place = to;
        } else if (end === undefined) {
          controller.close();
          // Or who reads into a buffer of his own is never told.
          controller.byobRequest?.respond(0);
        } else controller.error(new TypeError('Made to break.'));
      },
    } as UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>);
  }
  return network;
}
