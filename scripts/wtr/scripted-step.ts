/** How the scripted server answers one request; well, unless told otherwise. */
export interface Step {
  /** 206: the part that is asked for is given, whatever If-Range says. */
  readonly status?: number;
  /** Added to, or instead of, those that would be right. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly etag?: string;
  readonly noEtag?: boolean;
  /** False: any Range is ignored. */
  readonly ranges?: boolean;
  /** Redirects to itself. */
  readonly loop?: boolean;
  /** The body has no bytes. */
  readonly empty?: boolean;
  readonly gzip?: boolean;
  /** No Content-Length. */
  readonly chunked?: boolean;
  /**
   * After so many bytes of the body the connection is held, and then cut: not at
   * once, or the browser may lose bytes that it has and did not hand out yet.
   */
  readonly drop?: number;
  /** After so many bytes there come no more, and no end. */
  readonly stall?: number;
  /** Nothing is answered at all. */
  readonly silent?: boolean;
  /** Before the answer there come so many of status 102; -1: without end. */
  readonly processing?: number;
  /** A header of so many bytes. */
  readonly headerBytes?: number;
  /** The connection is closed without a word. */
  readonly hangUp?: boolean;
  /** The body has no length, and no end, as fast as it is taken. */
  readonly endless?: boolean;
  /** After so many bytes the rest waits until the test releases it. */
  readonly hold?: number;
  /** Not even the head comes until the test releases it. */
  readonly holdHead?: boolean;
}

/** One request that the scripted server had. */
export interface ServedRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly end: 'open' | 'finished' | 'closed';
  /** Held since the byte before this place was sent. */
  readonly holds?: number;
}
