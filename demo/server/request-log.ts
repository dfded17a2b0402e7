import type {IncomingMessage, OutgoingHttpHeaders} from 'node:http';

/** How a request came to its end, as far as the server can tell. */
export type RequestEnding =
  | 'pending'
  /** The whole answer went out. */
  | 'finished'
  /** The server broke the connection, because it was asked to. */
  | 'dropped'
  /** The client went away before the answer was complete. */
  | 'aborted';

/** One request as the server saw it: what the panel's picture is held against. */
export interface RequestLogEntry {
  /** From 1, in the order in which the requests' headers arrived. */
  readonly sequence: number;
  /** Epoch milliseconds with fractions. */
  readonly startedAt: number;
  readonly endedAt?: number;
  readonly method: string;
  /** Path and query, as requested. */
  readonly url: string;
  readonly host: string;
  readonly requestHeaders: readonly (readonly [string, string])[];
  readonly status?: number;
  readonly responseHeaders: readonly (readonly [string, string])[];
  /**
   * Bytes of the response's body that were handed to the connection. When the
   * client aborted, some of them may never have reached it.
   */
  readonly bytesSent: number;
  /** Bytes of the request's body. */
  readonly bytesReceived: number;
  readonly ending: RequestEnding;
}

type Writable<T> = {-readonly [K in keyof T]: T[K]};

/** The writing end of one entry; everyone else reads. */
export interface OpenRequest {
  addSent(bytes: number): void;
  addReceived(bytes: number): void;
  respond(status: number, headers: OutgoingHttpHeaders): void;
  /** The first ending counts: a drop also closes the connection. */
  end(ending: RequestEnding): void;
}

/** Past this many requests the oldest are forgotten, so that memory is bounded. */
const CAPACITY = 20_000;

/** Every request of one server, in order. */
export class RequestLog {
  #entries: Writable<RequestLogEntry>[] = [];
  #sequence = 0;

  get entries(): readonly RequestLogEntry[] {
    return this.#entries;
  }

  /** Entries whose URL has this path, whatever the query. */
  of(pathname: string): readonly RequestLogEntry[] {
    return this.#entries.filter(
      (entry) => entry.url.split('?', 1)[0] === pathname,
    );
  }

  clear(): void {
    this.#entries = [];
  }

  open(request: IncomingMessage): OpenRequest {
    this.#sequence += 1;
    const entry: Writable<RequestLogEntry> = {
      sequence: this.#sequence,
      startedAt: now(),
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      host: request.headers.host ?? '',
      requestHeaders: toPairs(request.rawHeaders),
      responseHeaders: [],
      bytesSent: 0,
      bytesReceived: 0,
      ending: 'pending',
    };
    this.#entries.push(entry);
    if (this.#entries.length > CAPACITY) this.#entries.shift();
    return {
      addSent: (bytes) => {
        entry.bytesSent += bytes;
      },
      addReceived: (bytes) => {
        entry.bytesReceived += bytes;
      },
      respond: (status, headers) => {
        entry.status = status;
        entry.responseHeaders = Object.entries(headers).map(
          ([name, value]) => [name, String(value)] as const,
        );
      },
      end: (ending) => {
        if (entry.ending !== 'pending') return;
        entry.ending = ending;
        entry.endedAt = now();
      },
    };
  }
}

function now(): number {
  return performance.timeOrigin + performance.now();
}

function toPairs(
  raw: readonly string[],
): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    pairs.push([raw[index] ?? '', raw[index + 1] ?? '']);
  }
  return pairs;
}
