/**
 * Time, as the engine sees it. Nothing in the engine asks the system for the
 * time or sets a timer, so that a test, or a scenario, can own both.
 */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /**
   * Resolves once `now()` is at least `at`. Rejects with the signal's reason,
   * and forgets the timer, when the signal aborts first.
   */
  sleepUntil(at: number, signal?: AbortSignal): Promise<void>;
}
