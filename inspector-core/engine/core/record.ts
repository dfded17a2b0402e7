import type {RecordResult} from '../algorithms/record-result.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {RecordRules} from '../profile/record-rules.js';
import type {JobEffect} from './effects.js';

export type Phase =
  /** Ready for an attempt: waiting for a slot, or for the end of a pause. */
  | 'queued'
  /** Storage is told that a request that may be sent once only is sent. */
  | 'announcing'
  | 'requesting'
  | 'receiving'
  /** No attempt runs; bytes, or a result, are on their way to storage. */
  | 'committing'
  /** For the network, or for some time to pass. */
  | 'waiting'
  | 'settled';

/** What a record is from the start. */
export interface RecordSpec {
  readonly method: string;
  /** Whether a part of the response can be asked for. */
  readonly isResumable: boolean;
}

/** What is stored of a record, and taken up by the next worker. */
export interface RecordProgress {
  readonly response: ResponseHead | undefined;
  readonly generation: number;
  readonly length: number;
  readonly result: RecordResult;
  readonly order: number;
  readonly hasStarted: boolean;
}

/** What a record asks of the fetch that it belongs to. */
export interface RecordHost {
  readonly rules: RecordRules;
  /** Bytes that are committed together. */
  readonly partSize: () => number;
  readonly commitInterval: number;
  readonly emit: (effect: JobEffect) => void;
  /** Whether so many more bytes stay within the fetch's `downloadTotal`. */
  readonly fits: (length: number) => boolean;
  readonly changePhase: (record: number, from: Phase, to: Phase) => void;
  readonly addBytes: (count: number) => void;
  readonly addUploaded: (count: number) => void;
  /** Called when the result is decided; gives its place in the order. */
  readonly settle: (record: number, result: RecordResult) => number;
}

export const NO_PROGRESS: RecordProgress = {
  response: undefined,
  generation: 1,
  length: 0,
  result: '',
  order: 0,
  hasStarted: false,
};

/** Whether an attempt runs: a connection is open, or about to be. */
export function isAttempt(phase: Phase): boolean {
  return phase === 'requesting' || phase === 'receiving';
}

/** Whether the driver is doing something that can be cancelled. */
export function isOngoing(phase: Phase): boolean {
  return isAttempt(phase) || phase === 'waiting';
}
