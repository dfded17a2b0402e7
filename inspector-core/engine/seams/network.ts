/**
 * The network, as the engine sees it: real, or with conditions in between.
 */
export interface Network {
  /** As `fetch()`; the request's signal closes the connection. */
  fetch(request: Request): Promise<Response>;
  /** False when it is certain that no request can succeed now. */
  isOnline(): boolean;
  /** Resolves once it is online; rejects with the signal's reason. */
  whenOnline(signal: AbortSignal): Promise<void>;
}
