// https://wicg.github.io/background-fetch/#complete-a-record
import {isExposed, type RecordResult} from '../algorithms/record-result.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {DownloadRules} from '../profile/record-rules.js';
import type {JobEvent, StorageFailure} from './events.js';
import {
  isAttempt,
  isOngoing,
  NO_PROGRESS,
  type Phase,
  type RecordHost,
  type RecordProgress,
  type RecordSpec,
} from './record.js';
import {ResponseData} from './response-data.js';
import {chooseIfRange, readResponse} from './resuming.js';
import {Retries} from './retries.js';

type Next = 'start' | 'retry' | 'wait-for-network' | 'wait' | 'settle';

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

  readonly #data: ResponseData;
  readonly #retries: Retries;
  #result: RecordResult;
  #order: number;
  /** Of the current attempt: its status, and the length that a 206 gave. */
  #status = 0;
  #complete: number | undefined;

  #lastCommitAt = 0;

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
    this.#data = new ResponseData(progress, host.addBytes);
    this.#retries = new Retries(progress.length, host.rules.downloads);
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
    return this.#data.head;
  }
  /** Rises when the response data is replaced, and the old is redundant. */
  get generation(): number {
    return this.#data.generation;
  }
  /** Bytes of the response's body that are here. */
  get received(): number {
    return this.#data.received;
  }
  /** Those of them that are in storage: a killed worker loses the others. */
  get stored(): number {
    return this.#data.stored;
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
          if (this.#retries.hasGivenUp) this.#giveUp();
          else this.#setPhase('queued');
        }
        return;
      default:
    }
    if (event.attempt !== this.#attempt) return;
    if (event.type === 'decided' && isAttempt(this.#phase)) {
      // Who waits for the response of a bad status would wait for ever.
      if (event.result === 'bad-status') this.#data.head ??= event.head;
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
    this.#rangeStart = this.#isResumable ? this.#data.received : 0;
    this.#attempt += 1;
    this.#setPhase('requesting');
    this.#host.emit({
      type: 'start',
      record: this.#index,
      attempt: this.#attempt,
      rangeStart: this.#rangeStart,
      ifRange:
        this.#rangeStart > 0 && this.#data.head !== undefined
          ? chooseIfRange(this.#data.head)
          : undefined,
    });
  }

  #handleResponse(head: ResponseHead, now: number): void {
    // What a restart finds is about to be replaced: nothing to compare with.
    const previous = this.#rangeStart > 0 ? this.#data.head : undefined;
    const reading = readResponse(this.#rangeStart, head, previous);
    switch (reading.kind) {
      case 'complete':
        this.#cancel();
        this.#settle(this.#resultByStatus(this.#data.head?.status ?? 0));
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
      const previousHead = this.#data.head;
      if (previousHead !== undefined) this.#data.replace();
      // "If rangeStart is 0 or response's status is not 206, then set
      // responseData's response to a copy of response except for its body."
      this.#data.head = downloads === undefined ? head : (previousHead ?? head);
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
    if (this.#data.received + length > (this.#complete ?? Infinity)) {
      this.#settle('fetch-error');
      return;
    }
    // "Append bytes to responseData's bytes."
    this.#data.append(length);
    if (
      this.#data.uncommitted >= this.#host.partSize() ||
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
        downloads === undefined ? this.#status : this.#data.head?.status;
      this.#settle(this.#resultByStatus(status ?? 0));
    } else if (this.#complete === this.#data.received) {
      // "If response's status is 206: if completeLength equals responseData's
      // bytes's length, then set result to "success"."
      this.#settle('success');
    } else if (this.#retries.count(this.#data.received)) {
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
    if (!this.isGet || (isRefused && this.#data.head === undefined)) {
      this.#settle('fetch-error');
    } else if (isOffline) {
      this.#finishAttempt('wait-for-network');
    } else if (downloads !== undefined) {
      this.#tryDownloadAgain(downloads);
    } else if (
      this.#data.head !== undefined &&
      this.#retries.count(this.#data.received)
    ) {
      // A server that has answered before is thought to answer again. The last
      // time it is asked for the whole: browsers make a network error of a part
      // that a server compressed though it was told not to.
      if (this.#retries.isLast) this.#isResumable = false;
      this.#finishAttempt('wait');
    } else {
      this.#settle('fetch-error');
    }
  }

  /** The first head stays, and no body: what comes later may fill it yet. */
  #handleBadStatus(head: ResponseHead, downloads: DownloadRules): void {
    this.#cancel();
    if (this.#data.head !== undefined) this.#data.replace();
    this.#data.head ??= head;
    if (downloads.finalStatuses.includes(head.status) || !this.isGet) {
      this.#settle(this.#resultByStatus(this.#data.head.status));
      return;
    }
    this.#retries.fail();
    this.#finishAttempt('wait');
  }

  #tryDownloadAgain(downloads: DownloadRules): void {
    if (this.#data.head !== undefined && this.#retries.resume(downloads)) {
      this.#finishAttempt('retry');
      return;
    }
    this.#retries.fail();
    this.#finishAttempt('wait');
  }

  /** What the first response said counts, though there is nothing of it. */
  #giveUp(): void {
    const head = this.#data.head;
    if (head !== undefined) this.#data.replace();
    this.#settle(
      head === undefined ? 'fetch-error' : this.#resultByStatus(head.status),
    );
  }

  #handleCommitted(): void {
    this.#data.endCommit(true);
    this.#changed();
    this.#proceed();
  }

  #handleCommitFailed(reason: StorageFailure): void {
    this.#data.endCommit(false);
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
    if (this.#data.uncommitted > 0) this.#commit();
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
      if (this.#host.rules.countsFailedBytes) this.#data.skipCommit();
      else this.#data.replace();
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
    if (this.#data.isPending) return;
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
          delay: forNetwork ? 0 : this.#retries.delay,
        });
        return;
      }
      case 'settle':
        this.#setPhase('settled');
        this.#changed();
        return;
    }
  }

  #commit(): void {
    this.#host.emit({
      type: 'commit',
      record: this.#index,
      ...this.#data.commit(),
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
