/**
 * Time. Neither the engine nor conditions ask the system for it, or set a timer,
 * so that a test, or a scenario, can own both.
 */
export interface Clock {
  /** Milliseconds since the epoch. Never goes back. */
  now(): number;
  /**
   * Resolves once `now()` is at least `at`. Rejects with the signal's reason,
   * and forgets the timer, when the signal aborts first.
   */
  sleepUntil(at: number, signal?: AbortSignal): Promise<void>;
  /**
   * Milliseconds that it goes forward at a time, where that is coarse: bytes
   * then come in pieces no smaller than it can tell apart.
   */
  readonly tick?: number;
}
