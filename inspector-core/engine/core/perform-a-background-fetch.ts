// https://wicg.github.io/background-fetch/#perform-a-background-fetch
import {
  decideTheOutcome,
  type Outcome,
} from '../algorithms/decide-the-outcome.js';
import type {RecordRules} from '../profile/record-rules.js';
import {SPEC} from '../profile/spec.js';
import type {RecordResult} from '../algorithms/record-result.js';
import {
  isSameProgress,
  type Snapshot,
} from '../algorithms/update-an-instance.js';
import {RecordMachine} from './complete-a-record.js';
import {
  isAttempt,
  type Phase,
  type RecordHost,
  type RecordProgress,
  type RecordSpec,
} from './record.js';
import type {JobEffect} from './effects.js';
import type {JobEvent} from './events.js';

export interface JobOptions {
  readonly records: readonly RecordSpec[];
  /** Bytes; 0 stands for "unknown". */
  readonly downloadTotal: number;
  /** What an earlier worker stored, in the order of the records. */
  readonly progress?: readonly RecordProgress[];
  readonly uploaded?: number;
  readonly isPaused?: boolean;
  readonly wasAborted?: boolean;
  /** Given if an earlier worker had concluded: then nothing runs any more. */
  readonly outcome?: Outcome | undefined;
  readonly rules?: RecordRules;
  /** Attempts at once, if not those of the rules. */
  readonly parallel?: number;
  /** Bytes that are committed together. */
  readonly partSize?: number;
  /** Milliseconds after which fewer are committed, too. */
  readonly commitInterval?: number;
}

const MEBIBYTE = 2 ** 20;

/**
 * A background fetch, from its first attempt to its outcome. Does no input or
 * output: each event that happens goes in, and what is to be done comes out.
 */
export class JobMachine {
  readonly #records: readonly RecordMachine[];
  readonly #downloadTotal: number;
  readonly #rules: RecordRules;
  readonly #parallel: number;
  readonly #canPause: boolean;
  #effects: JobEffect[] = [];
  /** Records that may start, in order; some may have settled since. */
  #queue: number[] = [];
  #running = 0;
  #receiving = 0;
  #unsettled = 0;
  #settleCount = 0;
  #downloaded = 0;
  #uploaded: number;
  #isPaused: boolean;
  #wasAborted: boolean;
  #isActive: boolean;
  #hasBegun = false;
  #hasImmediateFailure = false;
  #outcome: Outcome | undefined;
  #shown: Snapshot;

  constructor({
    records,
    downloadTotal,
    progress = [],
    uploaded = 0,
    isPaused = false,
    wasAborted = false,
    outcome,
    rules = SPEC.records,
    parallel = rules.parallel,
    partSize = MEBIBYTE,
    commitInterval = 500,
  }: JobOptions) {
    this.#downloadTotal = downloadTotal;
    this.#rules = rules;
    this.#parallel = parallel;
    this.#uploaded = uploaded;
    this.#isPaused = isPaused;
    this.#wasAborted = wasAborted;
    this.#outcome = outcome;
    this.#isActive = !wasAborted && outcome === undefined;
    this.#canPause = records.every(({method}) => method === 'GET');
    const host: RecordHost = {
      rules,
      // Of many records at once each has a buffer, once its bytes come.
      partSize: () => partSize / Math.max(1, this.#receiving),
      commitInterval,
      emit: (effect) => {
        this.#effects.push(effect);
      },
      fits: (length) =>
        this.#downloadTotal === 0 ||
        this.#downloaded + length <= this.#downloadTotal,
      changePhase: (record, from, to) => {
        this.#changePhase(record, from, to);
      },
      addBytes: (count) => {
        this.#downloaded += count;
      },
      addUploaded: (count) => {
        this.#uploaded += count;
      },
      settle: (_, result) => {
        // "If result is "download-total-exceeded", then set immediateFailure."
        if (isImmediate(rules, result)) this.#hasImmediateFailure = true;
        this.#settleCount += 1;
        return this.#settleCount;
      },
    };
    const restored = withinTotal(progress, downloadTotal);
    this.#records = records.map(
      (spec, index) => new RecordMachine(index, spec, host, restored[index]),
    );
    for (const [index, record] of this.#records.entries()) {
      this.#downloaded += record.received;
      this.#settleCount = Math.max(this.#settleCount, record.order);
      if (record.phase === 'settled') continue;
      this.#unsettled += 1;
      this.#queue.push(index);
    }
    this.#hasImmediateFailure = this.#records.some(({result}) =>
      isImmediate(rules, result),
    );
    this.#shown = this.snapshot;
  }

  get records(): readonly RecordMachine[] {
    return this.#records;
  }

  /** Whether it is in its registration's map: `get()` finds it. */
  get isActive(): boolean {
    return this.#isActive;
  }

  get wasAborted(): boolean {
    return this.#wasAborted;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** "The user agent may offer to pause only if all requests are `GET`." */
  get canPause(): boolean {
    return this.#canPause;
  }

  get outcome(): Outcome | undefined {
    return this.#outcome;
  }

  /** What instances show. Records stay available as long as it is here. */
  get snapshot(): Snapshot {
    return {
      downloaded: this.#downloaded,
      uploaded: this.#uploaded,
      result: this.#outcome?.result ?? '',
      failureReason: this.#outcome?.failureReason ?? '',
      recordsAvailable: true,
    };
  }

  /**
   * Takes one event in, and says what is to be done, in order.
   *
   * @param now the time, in milliseconds
   */
  handle(event: JobEvent, now: number): readonly JobEffect[] {
    switch (event.type) {
      case 'begin':
        this.#hasBegun = true;
        if (this.#wasAborted || this.#outcome !== undefined) this.#abortAll();
        break;
      case 'pause':
        this.#pause();
        break;
      case 'resume':
        this.#isPaused = false;
        break;
      case 'abort':
      case 'abort-by-user':
        if (this.#outcome !== undefined) break;
        this.#wasAborted = true;
        // "Remove map[id]": the id is free again.
        if (event.type === 'abort') this.#isActive = false;
        this.#abortAll();
        break;
      default:
        this.#records[event.record]?.handle(event, now);
    }
    // "If immediateFailure is true, then set bgFetch's abort all flag."
    if (this.#hasImmediateFailure) this.#abortAll();
    this.#startQueued();
    this.#concludeIfSettled();
    this.#updateInstances();
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  #pause(): void {
    if (!this.#canPause) return;
    this.#isPaused = true;
    for (const record of this.#records) record.pause();
  }

  #abortAll(): void {
    if (this.#unsettled === 0) return;
    for (const record of this.#records) record.abort();
  }

  #startQueued(): void {
    if (!this.#hasBegun || this.#isPaused) return;
    let taken = 0;
    for (const index of this.#queue) {
      if (this.#running >= this.#parallel) break;
      taken += 1;
      this.#records[index]?.start();
    }
    if (taken > 0) this.#queue = this.#queue.slice(taken);
  }

  #concludeIfSettled(): void {
    if (this.#unsettled > 0 || !this.#hasBegun || this.#outcome !== undefined) {
      return;
    }
    const inTime = this.#rules.reasonOf === 'first-in-time';
    const records = inTime
      ? this.#records.toSorted((a, b) => a.order - b.order)
      : // Who was torn down by another's failure has none of its own.
        this.#records.filter(({result}) => result !== 'aborted');
    this.#outcome = decideTheOutcome(
      records.map(({result}) => result),
      this.#wasAborted,
    );
    // "… then remove active background fetches[id]."
    this.#isActive = false;
  }

  #updateInstances(): void {
    const {snapshot} = this;
    if (isSameProgress(this.#shown, snapshot)) return;
    this.#shown = snapshot;
    this.#effects.push({type: 'update-instances'});
    if (this.#outcome !== undefined) {
      this.#effects.push({type: 'conclude', ...this.#outcome});
    }
  }

  #changePhase(record: number, from: Phase, to: Phase): void {
    if (to === 'settled') this.#unsettled -= 1;
    if (to === 'queued') this.#queue.push(record);
    this.#running += Number(holdsSlot(to)) - Number(holdsSlot(from));
    this.#receiving +=
      Number(to === 'receiving') - Number(from === 'receiving');
  }
}

const isImmediate = (rules: RecordRules, result: RecordResult): boolean =>
  result !== '' && result !== 'success' && rules.immediate.includes(result);

function holdsSlot(phase: Phase): boolean {
  return phase === 'announcing' || isAttempt(phase);
}

/**
 * Storage may know a record's longer, redundant data, and already the bytes of
 * a sibling that there was room for only since. Then what is unfinished starts
 * from zero: to fail would be to fail for bytes that nobody has.
 */
function withinTotal(
  progress: readonly RecordProgress[],
  downloadTotal: number,
): readonly RecordProgress[] {
  const total = progress.reduce((sum, {length}) => sum + length, 0);
  if (downloadTotal === 0 || total <= downloadTotal) return progress;
  return progress.map((record) =>
    record.result === '' && record.length > 0
      ? {...record, length: 0, generation: record.generation + 1}
      : record,
  );
}
