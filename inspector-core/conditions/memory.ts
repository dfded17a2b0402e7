/**
 * What of conditions outlives a worker. Without it a rule for the first attempt
 * that has the worker killed would meet a first attempt in the next one, too.
 */
export interface Remembered {
  /** The settings that it is of, as JSON: under others it counts for nothing. */
  readonly of: string;
  /** Of each rule: how often its effect has come. */
  readonly fired: readonly number[];
  /** Calls, by the id that they asked for. */
  readonly calls: readonly (readonly [id: string, count: number])[];
  /** Attempts, by fetch and record. */
  readonly attempts: readonly (readonly [place: string, count: number])[];
  readonly offlineUntil: number;
  /** When the first request under the schedule was made. */
  readonly scheduleStart?: number;
  /** When, after that, a fetch first had so many percent. */
  readonly reached: readonly (readonly [percent: number, elapsed: number])[];
}

/** Where it is kept. Each write replaces the one before it. */
export interface ConditionsMemory {
  read(): Promise<Remembered | undefined>;
  write(remembered: Remembered): Promise<void>;
}
