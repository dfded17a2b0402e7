import type {Result} from './results.js';

/** One part of `npm test`. */
export interface Step {
  readonly name: string;
  /** Runs all of it, or these of its test files alone. */
  readonly run: (files?: readonly string[]) => Promise<readonly Result[]>;
}

/** A step that has been run. */
export interface StepOutcome {
  readonly step: Step;
  readonly results: readonly Result[];
  readonly seconds: number;
}
