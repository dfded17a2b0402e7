/** How the scripted server answers one request; well, unless told otherwise. */
export interface Step {
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
