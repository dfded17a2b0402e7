// https://wicg.github.io/background-fetch/#complete-a-record
import type {RecordResult} from '../algorithms/record-result.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {DownloadRules} from '../profile/record-rules.js';
import type {JobEvent} from './events.js';
import {
  isAttempt,
  NO_PROGRESS,
  type Phase,
  type RecordHost,
  type RecordProgress,
  type RecordSpec,
} from './record.js';
import {RecordCourse} from './record-course.js';
import {ResponseData} from './response-data.js';
import {chooseIfRange, readResponse} from './resuming.js';
import {Retries} from './retries.js';

/**
 * One record, from its first attempt to its result. Does no input or output:
 * events go in, effects come out, and the same ones each time.
 */
export class RecordMachine {
  readonly #method: string;
  readonly #host: RecordHost;
  #rangeStart = 0;
  #isResumable: boolean;

  readonly #data: ResponseData;
  readonly #retries: Retries;
  readonly #course: RecordCourse;
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
    this.#method = spec.method;
    this.#isResumable = spec.isResumable;
    this.#host = host;
    this.#data = new ResponseData(progress, host.addBytes);
    this.#retries = new Retries(progress.length, host.rules.downloads);
    this.#course = new RecordCourse(
      index,
      host,
      progress,
      this.#data,
      this.#retries,
      () => this.#request(),
    );
  }

  get phase(): Phase {
    return this.#course.phase;
  }
  get attempt(): number {
    return this.#course.attempt;
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
  get result(): RecordResult {
    return this.#course.result;
  }
  get order(): number {
    return this.#course.order;
  }
  get isGet(): boolean {
    return this.#method === 'GET';
  }

  /** The record has a slot: its next attempt begins. */
  start(): void {
    if (this.phase !== 'queued') return;
    if (this.isGet) {
      this.#request();
    } else if (this.#course.hasStarted) {
      // It was sent by a worker that is gone, and must not be sent again.
      this.#course.settle('fetch-error');
    } else {
      this.#course.announce();
    }
  }

  /** "If bgFetch's paused flag is set, … terminate the ongoing fetch." */
  pause(): void {
    if (!isAttempt(this.phase)) return;
    this.#course.finishAttempt('retry', {cancel: true});
  }

  /** "If bgFetch's abort all flag is set, then set … result to "aborted"." */
  abort(): void {
    this.#course.settle('aborted');
  }

  handle(event: Extract<JobEvent, {record: number}>, now: number): void {
    switch (event.type) {
      case 'committed':
        this.#course.handleCommitted();
        return;
      case 'commit-failed':
        this.#course.handleCommitFailed(event.reason);
        return;
      case 'wait-over':
        if (this.phase === 'waiting' && event.attempt === this.attempt) {
          if (this.#retries.hasGivenUp) this.#giveUp();
          else this.#course.queue();
        }
        return;
      default:
    }
    if (event.attempt !== this.attempt) return;
    if (event.type === 'decided' && isAttempt(this.phase)) {
      // Who waits for the response of a bad status would wait for ever.
      if (event.result === 'bad-status') this.#data.head ??= event.head;
      this.#course.settle(event.result);
    } else if (this.phase === 'requesting') {
      if (event.type === 'response') this.#handleResponse(event.head, now);
      else if (event.type === 'failed') this.#handleFailed(event);
      else if (event.type === 'uploaded') {
        // "Increase bgFetch's uploaded by the length of the chunk."
        this.#host.addUploaded(event.length);
      }
    } else if (this.phase === 'receiving') {
      if (event.type === 'chunk') this.#handleChunk(event.length, now);
      else if (event.type === 'failed') this.#handleFailed(event);
      else if (event.type === 'body-ended') this.#handleBodyEnded();
      else if (event.type === 'stopped-short') this.#askForRest();
    }
  }

  #request(): void {
    // "Let rangeStart be responseData's bytes's length. If rangeStart is not 0,
    // then add a range header to request with rangeStart."
    this.#rangeStart = this.#isResumable ? this.#data.received : 0;
    this.#course.begin(
      this.#rangeStart,
      this.#rangeStart > 0 && this.#data.head !== undefined
        ? chooseIfRange(this.#data.head)
        : undefined,
    );
  }

  #handleResponse(head: ResponseHead, now: number): void {
    // What a restart finds is about to be replaced: nothing to compare with.
    const previous = this.#rangeStart > 0 ? this.#data.head : undefined;
    const reading = readResponse(this.#rangeStart, head, previous);
    switch (reading.kind) {
      case 'complete':
        this.#course.cancel();
        this.#course.settle(this.#resultByStatus(this.#data.head?.status ?? 0));
        return;
      case 'restart':
        this.#isResumable = false;
        this.#course.finishAttempt('retry', {cancel: true});
        return;
      case 'invalid':
        // "If … is invalid, then set result to "fetch-error", and terminate."
        this.#course.settle('fetch-error');
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
    this.#course.receive();
  }

  #handleChunk(length: number, now: number): void {
    // "If bgFetch's stored body bytes total plus bytes's size is greater than
    // bgFetch's download total, then … "download-total-exceeded"."
    if (!this.#host.fits(length)) {
      this.#course.settle('download-total-exceeded');
      return;
    }
    // Deviation: more bytes than a 206 said there are in all could never
    // become a success, and may never end.
    if (this.#data.received + length > (this.#complete ?? Infinity)) {
      this.#course.settle('fetch-error');
      return;
    }
    // "Append bytes to responseData's bytes."
    this.#data.append(length);
    if (
      this.#data.uncommitted >= this.#host.partSize() ||
      now - this.#lastCommitAt >= this.#host.commitInterval
    ) {
      this.#lastCommitAt = now;
      this.#course.commit();
    }
  }

  #handleBodyEnded(): void {
    if (this.#status !== 206) {
      // "If response's status is not an ok status, set result to "bad-status";
      // otherwise to "success"."
      const {downloads} = this.#host.rules;
      const status =
        downloads === undefined ? this.#status : this.#data.head?.status;
      this.#course.settle(this.#resultByStatus(status ?? 0));
    } else if (this.#complete === this.#data.received) {
      // "If response's status is 206: if completeLength equals responseData's
      // bytes's length, then set result to "success"."
      this.#course.settle('success');
    } else {
      this.#askForRest();
    }
  }

  /** At once: nothing has failed, but a part ended early. */
  #askForRest(): void {
    if (this.#retries.count(this.#data.received)) {
      this.#course.finishAttempt('retry');
    } else {
      // Deviation: the text would go on asking a server that sends 206 after
      // 206 with no bytes in them.
      this.#course.settle('fetch-error');
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
      this.#course.settle('fetch-error');
    } else if (isOffline) {
      this.#course.finishAttempt('wait-for-network');
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
      this.#course.finishAttempt('wait');
    } else {
      this.#course.settle('fetch-error');
    }
  }

  /** The first head stays, and no body: what comes later may fill it yet. */
  #handleBadStatus(head: ResponseHead, downloads: DownloadRules): void {
    this.#course.cancel();
    if (this.#data.head !== undefined) this.#data.replace();
    this.#data.head ??= head;
    if (downloads.finalStatuses.includes(head.status) || !this.isGet) {
      this.#course.settle(this.#resultByStatus(this.#data.head.status));
      return;
    }
    this.#retries.fail();
    this.#course.finishAttempt('wait');
  }

  #tryDownloadAgain(downloads: DownloadRules): void {
    if (this.#data.head !== undefined && this.#retries.resume(downloads)) {
      this.#course.finishAttempt('retry');
      return;
    }
    this.#retries.fail();
    this.#course.finishAttempt('wait');
  }

  /** What the first response said counts, though there is nothing of it. */
  #giveUp(): void {
    const head = this.#data.head;
    if (head !== undefined) this.#data.replace();
    this.#course.settle(
      head === undefined ? 'fetch-error' : this.#resultByStatus(head.status),
    );
  }

  #resultByStatus(status: number): RecordResult {
    return isOk(status) ? 'success' : 'bad-status';
  }
}

/** "An ok status". */
const isOk = (status: number): boolean => status >= 200 && status <= 299;
