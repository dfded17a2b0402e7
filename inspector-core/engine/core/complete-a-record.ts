// https://wicg.github.io/background-fetch/#complete-a-record
import {isExposed, type RecordResult} from '../algorithms/record-result.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {DownloadRules, RecordRules} from '../profile/record-rules.js';
import type {JobEffect} from './effects.js';
import type {JobEvent, StorageFailure} from './events.js';
import {
  chooseIfRange,
  FRUITLESS_ATTEMPTS,
  readResponse,
  retryDelay,
} from './resuming.js';

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

type Next = 'start' | 'retry' | 'wait-for-network' | 'wait' | 'settle';

export const NO_PROGRESS: RecordProgress = {
  response: undefined,
  generation: 1,
  length: 0,
  result: '',
  order: 0,
  hasStarted: false,
};

/**
 * One record, from its first attempt to its result. Does no input or output:
 * events go in, effects come out, and the same ones each time.
 */
export class RecordMachine {
  readonly #index: number;
  readonly #method: string;
  readonly #host: RecordHost;
  #phase: Phase = 'queued';
  #next: Next = 'retry';
  #attempt = 0;
  #rangeStart = 0;
  #isResumable: boolean;
  #hasStarted: boolean;

  #response: ResponseHead | undefined;
  #generation: number;
  #received: number;
  #result: RecordResult;
  #order: number;
  /** Of the current attempt: its status, and the length that a 206 gave. */
  #status = 0;
  #complete: number | undefined;

  #committed: number;
  #stored: number;
  /** The lengths that commits not yet answered bring, in order. */
  readonly #pending: number[] = [];
  #lastCommitAt = 0;
  /** The most bytes there ever were, and how many attempts did not beat it. */
  #furthest: number;
  #fruitless = 0;
  /** By the rules of a download service: of this attempt, and attempts. */
  #resumptions = 0;
  #failures = 0;

  constructor(
    index: number,
    spec: RecordSpec,
    host: RecordHost,
    progress: RecordProgress = NO_PROGRESS,
  ) {
    this.#index = index;
    this.#method = spec.method;
    this.#isResumable = spec.isResumable;
    this.#host = host;
    this.#response = progress.response;
    this.#generation = progress.generation;
    this.#received = progress.length;
    this.#committed = progress.length;
    this.#stored = progress.length;
    this.#furthest = progress.length;
    this.#result = progress.result;
    this.#order = progress.order;
    this.#hasStarted = progress.hasStarted;
    if (progress.result !== '') this.#phase = 'settled';
  }

  get phase(): Phase {
    return this.#phase;
  }
  get attempt(): number {
    return this.#attempt;
  }
  get response(): ResponseHead | undefined {
    return this.#response;
  }
  /** Rises when the response data is replaced, and the old is redundant. */
  get generation(): number {
    return this.#generation;
  }
  /** Bytes of the response's body that are here. */
  get received(): number {
    return this.#received;
  }
  /** Those of them that are in storage: a killed worker loses the others. */
  get stored(): number {
    return this.#stored;
  }
  get result(): RecordResult {
    return this.#result;
  }
  get order(): number {
    return this.#order;
  }
  get isGet(): boolean {
    return this.#method === 'GET';
  }

  /** The record has a slot: its next attempt begins. */
  start(): void {
    if (this.#phase !== 'queued') return;
    if (this.isGet) {
      this.#request();
    } else if (this.#hasStarted) {
      // It was sent by a worker that is gone, and must not be sent again.
      this.#settle('fetch-error');
    } else {
      this.#hasStarted = true;
      this.#next = 'start';
      this.#commit();
      this.#setPhase('announcing');
    }
  }

  /** "If bgFetch's paused flag is set, … terminate the ongoing fetch." */
  pause(): void {
    if (!isAttempt(this.#phase)) return;
    this.#finishAttempt('retry', {cancel: true});
  }

  /** "If bgFetch's abort all flag is set, then set … result to "aborted"." */
  abort(): void {
    this.#settle('aborted');
  }

  handle(event: Extract<JobEvent, {record: number}>, now: number): void {
    switch (event.type) {
      case 'committed':
        this.#handleCommitted();
        return;
      case 'commit-failed':
        this.#handleCommitFailed(event.reason);
        return;
      case 'wait-over':
        if (this.#phase === 'waiting' && event.attempt === this.#attempt) {
          if (this.#hasGivenUp) this.#giveUp();
          else this.#setPhase('queued');
        }
        return;
      default:
    }
    if (event.attempt !== this.#attempt) return;
    if (event.type === 'decided' && isAttempt(this.#phase)) {
      // Who waits for the response of a bad status would wait for ever.
      if (event.result === 'bad-status') this.#response ??= event.head;
      this.#settle(event.result);
    } else if (this.#phase === 'requesting') {
      if (event.type === 'response') this.#handleResponse(event.head, now);
      else if (event.type === 'failed') this.#handleFailed(event);
      else if (event.type === 'uploaded') {
        // "Increase bgFetch's uploaded by the length of the chunk."
        this.#host.addUploaded(event.length);
      }
    } else if (this.#phase === 'receiving') {
      if (event.type === 'chunk') this.#handleChunk(event.length, now);
      else if (event.type === 'failed') this.#handleFailed(event);
      else if (event.type === 'body-ended') this.#handleBodyEnded();
    }
  }

  #request(): void {
    // "Let rangeStart be responseData's bytes's length. If rangeStart is not 0,
    // then add a range header to request with rangeStart."
    this.#rangeStart = this.#isResumable ? this.#received : 0;
    this.#attempt += 1;
    this.#setPhase('requesting');
    this.#host.emit({
      type: 'start',
      record: this.#index,
      attempt: this.#attempt,
      rangeStart: this.#rangeStart,
      ifRange:
        this.#rangeStart > 0 && this.#response !== undefined
          ? chooseIfRange(this.#response)
          : undefined,
    });
  }

  #handleResponse(head: ResponseHead, now: number): void {
    // What a restart finds is about to be replaced: nothing to compare with.
    const previous = this.#rangeStart > 0 ? this.#response : undefined;
    const reading = readResponse(this.#rangeStart, head, previous);
    switch (reading.kind) {
      case 'complete':
        this.#cancel();
        this.#settle(this.#resultByStatus(this.#response?.status ?? 0));
        return;
      case 'restart':
        this.#isResumable = false;
        this.#finishAttempt('retry', {cancel: true});
        return;
      case 'invalid':
        // "If … is invalid, then set result to "fetch-error", and terminate."
        this.#settle('fetch-error');
        return;
      case 'continue':
        this.#complete = reading.complete;
        break;
      case 'whole':
        this.#complete = undefined;
        break;
    }
    const {downloads} = this.#host.rules;
    if (downloads !== undefined && !isOk(head.status)) {
      this.#handleBadStatus(head, downloads);
      return;
    }
    this.#status = head.status;
    this.#lastCommitAt = now;
    if (reading.kind === 'whole' || this.#rangeStart === 0) {
      // "Set record's response data's result to "redundant". Set record's
      // response data to a new background fetch response."
      // Deviation: not for the first response, which fills what is there; or
      // whoever waits for it since before it came would be refused it.
      const previousHead = this.#response;
      if (previousHead !== undefined) this.#replaceData();
      // "If rangeStart is 0 or response's status is not 206, then set
      // responseData's response to a copy of response except for its body."
      this.#response = downloads === undefined ? head : (previousHead ?? head);
    }
    this.#setPhase('receiving');
    this.#changed();
  }

  #handleChunk(length: number, now: number): void {
    // "If bgFetch's stored body bytes total plus bytes's size is greater than
    // bgFetch's download total, then … "download-total-exceeded"."
    if (!this.#host.fits(length)) {
      this.#settle('download-total-exceeded');
      return;
    }
    // Deviation: more bytes than a 206 said there are in all could never
    // become a success, and may never end.
    if (this.#received + length > (this.#complete ?? Infinity)) {
      this.#settle('fetch-error');
      return;
    }
    // "Append bytes to responseData's bytes."
    this.#received += length;
    this.#host.addBytes(length);
    if (
      this.#received - this.#committed >= this.#host.partSize() ||
      now - this.#lastCommitAt >= this.#host.commitInterval
    ) {
      this.#lastCommitAt = now;
      this.#commit();
    }
  }

  #handleBodyEnded(): void {
    if (this.#status !== 206) {
      // "If response's status is not an ok status, set result to "bad-status";
      // otherwise to "success"."
      const {downloads} = this.#host.rules;
      const status =
        downloads === undefined ? this.#status : this.#response?.status;
      this.#settle(this.#resultByStatus(status ?? 0));
    } else if (this.#complete === this.#received) {
      // "If response's status is 206: if completeLength equals responseData's
      // bytes's length, then set result to "success"."
      this.#settle('success');
    } else if (this.#countAttempt()) {
      // The rest of a part that ended early is asked for at once.
      this.#finishAttempt('retry');
    } else {
      // Deviation: the text would go on asking a server that sends 206 after
      // 206 with no bytes in them.
      this.#settle('fetch-error');
    }
  }

  #handleFailed({
    isOffline,
    isRefused = false,
  }: Extract<JobEvent, {type: 'failed'}>): void {
    const {downloads} = this.#host.rules;
    // "If response is a network error: if it is temporarily unavailable and
    // request's method is `GET`, then wait until it is available."
    if (!this.isGet || (isRefused && this.#response === undefined)) {
      this.#settle('fetch-error');
    } else if (isOffline) {
      this.#finishAttempt('wait-for-network');
    } else if (downloads !== undefined) {
      this.#tryDownloadAgain(downloads);
    } else if (this.#response !== undefined && this.#countAttempt()) {
      // A server that has answered before is thought to answer again. The last
      // time it is asked for the whole: browsers make a network error of a part
      // that a server compressed though it was told not to.
      if (this.#fruitless === FRUITLESS_ATTEMPTS - 1) this.#isResumable = false;
      this.#finishAttempt('wait');
    } else {
      this.#settle('fetch-error');
    }
  }

  /** The first head stays, and no body: what comes later may fill it yet. */
  #handleBadStatus(head: ResponseHead, downloads: DownloadRules): void {
    this.#cancel();
    if (this.#response !== undefined) this.#replaceData();
    this.#response ??= head;
    if (downloads.finalStatuses.includes(head.status) || !this.isGet) {
      this.#settle(this.#resultByStatus(this.#response.status));
      return;
    }
    this.#failures += 1;
    this.#finishAttempt('wait');
  }

  #tryDownloadAgain({resumptions}: DownloadRules): void {
    if (this.#response !== undefined && this.#resumptions < resumptions) {
      this.#resumptions += 1;
      this.#finishAttempt('retry');
      return;
    }
    this.#resumptions = 0;
    this.#failures += 1;
    this.#finishAttempt('wait');
  }

  get #hasGivenUp(): boolean {
    const {downloads} = this.#host.rules;
    return downloads !== undefined && this.#failures >= downloads.attempts;
  }

  /** What the first response said counts, though there is nothing of it. */
  #giveUp(): void {
    const head = this.#response;
    if (head !== undefined) this.#replaceData();
    this.#settle(
      head === undefined ? 'fetch-error' : this.#resultByStatus(head.status),
    );
  }

  #handleCommitted(): void {
    // Of this generation: no attempt begins before all commits are answered.
    this.#stored = this.#pending.shift() ?? this.#stored;
    this.#changed();
    this.#proceed();
  }

  #handleCommitFailed(reason: StorageFailure): void {
    this.#pending.shift();
    const isWithoutUse = this.#result !== '' && !isExposed(this.#result);
    if (this.#phase === 'settled' || isWithoutUse) {
      this.#proceed();
      return;
    }
    // "If this fails due to exceeding a quota limit, set … "quota-exceeded"."
    // Deviation: of other failures of storage the text does not speak.
    this.#result = '';
    this.#settle(reason === 'quota' ? 'quota-exceeded' : 'fetch-error');
  }

  /** Ends the attempt; once all its bytes are stored, `next` follows. */
  #finishAttempt(next: Next, {cancel = false} = {}): void {
    if (cancel) this.#cancel();
    this.#next = next;
    if (this.#received > this.#committed) this.#commit();
    this.#setPhase('committing');
    this.#proceed();
  }

  #settle(result: RecordResult): void {
    if (this.#result !== '') return;
    const phase = this.#phase;
    this.#result = result;
    this.#order = this.#host.settle(this.#index, result);
    this.#next = 'settle';
    if (!isExposed(result)) {
      if (isOngoing(phase)) this.#cancel();
      // What cannot be read is not stored any more.
      if (this.#host.rules.countsFailedBytes) this.#committed = this.#received;
      else this.#replaceData();
    }
    // "aborted" follows from something that is stored elsewhere: that the fetch
    // was aborted, or that a sibling exceeded `downloadTotal`. If that was not
    // stored before the worker was killed, then this must not be, either.
    if (result !== 'aborted') this.#commit();
    this.#setPhase('committing');
    this.#changed();
    this.#proceed();
  }

  #proceed(): void {
    if (this.#phase !== 'committing' && this.#phase !== 'announcing') return;
    if (this.#pending.length > 0) return;
    switch (this.#next) {
      case 'start':
        this.#request();
        return;
      case 'retry':
        this.#setPhase('queued');
        return;
      case 'wait':
      case 'wait-for-network': {
        const forNetwork = this.#next === 'wait-for-network';
        this.#setPhase('waiting');
        this.#host.emit({
          type: 'wait',
          record: this.#index,
          attempt: this.#attempt,
          forNetwork,
          delay: forNetwork ? 0 : this.#delay,
        });
        return;
      }
      case 'settle':
        this.#setPhase('settled');
        this.#changed();
        return;
    }
  }

  get #delay(): number {
    return this.#host.rules.downloads?.delay ?? retryDelay(this.#fruitless);
  }

  #commit(): void {
    const from = this.#committed;
    this.#committed = this.#received;
    this.#pending.push(this.#received);
    this.#host.emit({
      type: 'commit',
      record: this.#index,
      generation: this.#generation,
      head: this.#response,
      from,
      to: this.#received,
      result: this.#result,
      order: this.#order,
      hasStarted: this.#hasStarted,
    });
  }

  #cancel(): void {
    this.#host.emit({
      type: 'cancel',
      record: this.#index,
      attempt: this.#attempt,
    });
  }

  #replaceData(): void {
    this.#host.addBytes(-this.#received);
    this.#generation += 1;
    this.#received = 0;
    this.#committed = 0;
    this.#stored = 0;
  }

  /** False if this attempt, like too many before it, brought nothing new. */
  #countAttempt(): boolean {
    if (this.#received > this.#furthest) {
      this.#furthest = this.#received;
      this.#fruitless = 0;
    } else {
      this.#fruitless += 1;
    }
    return this.#fruitless < FRUITLESS_ATTEMPTS;
  }

  #resultByStatus(status: number): RecordResult {
    return isOk(status) ? 'success' : 'bad-status';
  }

  #setPhase(phase: Phase): void {
    const from = this.#phase;
    this.#phase = phase;
    if (from !== phase) this.#host.changePhase(this.#index, from, phase);
  }

  #changed(): void {
    this.#host.emit({type: 'record-changed', record: this.#index});
  }
}

/** "An ok status". */
const isOk = (status: number): boolean => status >= 200 && status <= 299;

/** Whether an attempt runs: a connection is open, or about to be. */
export function isAttempt(phase: Phase): boolean {
  return phase === 'requesting' || phase === 'receiving';
}

/** Whether the driver is doing something that can be cancelled. */
function isOngoing(phase: Phase): boolean {
  return isAttempt(phase) || phase === 'waiting';
}
