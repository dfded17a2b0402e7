import {isExposed, type RecordResult} from '../algorithms/record-result.js';
import type {StorageFailure} from './events.js';
import {
  isOngoing,
  type Phase,
  type RecordHost,
  type RecordProgress,
} from './record.js';
import type {ResponseData} from './response-data.js';
import type {Retries} from './retries.js';

type Next = 'start' | 'retry' | 'wait-for-network' | 'wait' | 'settle';

/**
 * Where a record is on its way: from attempt to attempt and to its result, each
 * time by way of storage.
 */
export class RecordCourse {
  readonly #index: number;
  readonly #host: RecordHost;
  readonly #data: ResponseData;
  readonly #retries: Retries;
  /** Sends the request, once storage knows that it is sent. */
  readonly #request: () => void;
  #phase: Phase;
  #next: Next = 'retry';
  #attempt = 0;
  #result: RecordResult;
  #order: number;
  #hasStarted: boolean;

  constructor(
    index: number,
    host: RecordHost,
    {result, order, hasStarted}: RecordProgress,
    data: ResponseData,
    retries: Retries,
    request: () => void,
  ) {
    this.#index = index;
    this.#host = host;
    this.#data = data;
    this.#retries = retries;
    this.#request = request;
    this.#result = result;
    this.#order = order;
    this.#hasStarted = hasStarted;
    this.#phase = result === '' ? 'queued' : 'settled';
  }

  get phase(): Phase {
    return this.#phase;
  }
  get attempt(): number {
    return this.#attempt;
  }
  get result(): RecordResult {
    return this.#result;
  }
  get order(): number {
    return this.#order;
  }
  /** Whether a request that may be sent once only was sent, or about to be. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Storage is told, before the request is sent. */
  announce(): void {
    this.#hasStarted = true;
    this.#next = 'start';
    this.commit();
    this.#setPhase('announcing');
  }

  /** The next attempt begins. */
  begin(rangeStart: number, ifRange: string | undefined): void {
    this.#attempt += 1;
    this.#setPhase('requesting');
    this.#host.emit({
      type: 'start',
      record: this.#index,
      attempt: this.#attempt,
      rangeStart,
      ifRange,
    });
  }

  /** Its response is taken. */
  receive(): void {
    this.#setPhase('receiving');
    this.#changed();
  }

  /** What it waited for has come. */
  queue(): void {
    this.#setPhase('queued');
  }

  /** Ends the attempt; once all its bytes are stored, `next` follows. */
  finishAttempt(
    next: Exclude<Next, 'start' | 'settle'>,
    {cancel = false} = {},
  ): void {
    if (cancel) this.cancel();
    this.#next = next;
    if (this.#data.uncommitted > 0) this.commit();
    this.#setPhase('committing');
    this.#proceed();
  }

  settle(result: RecordResult): void {
    if (this.#result !== '') return;
    const phase = this.#phase;
    this.#result = result;
    this.#order = this.#host.settle(this.#index, result);
    this.#next = 'settle';
    if (!isExposed(result)) {
      if (isOngoing(phase)) this.cancel();
      // What cannot be read is not stored any more.
      if (this.#host.rules.countsFailedBytes) this.#data.skipCommit();
      else this.#data.replace();
    }
    // "aborted" follows from something that is stored elsewhere: that the fetch
    // was aborted, or that a sibling exceeded `downloadTotal`. If that was not
    // stored before the worker was killed, then this must not be, either.
    if (result !== 'aborted') this.commit();
    this.#setPhase('committing');
    this.#changed();
    this.#proceed();
  }

  handleCommitted(): void {
    this.#data.endCommit();
    this.#changed();
    this.#proceed();
  }

  handleCommitFailed(reason: StorageFailure): void {
    this.#data.endCommit();
    const isWithoutUse = this.#result !== '' && !isExposed(this.#result);
    if (this.#phase === 'settled' || isWithoutUse) {
      this.#proceed();
      return;
    }
    // "If this fails due to exceeding a quota limit, set … "quota-exceeded"."
    // Deviation: of other failures of storage the text does not speak.
    this.#result = '';
    this.settle(reason === 'quota' ? 'quota-exceeded' : 'fetch-error');
  }

  commit(): void {
    this.#host.emit({
      type: 'commit',
      record: this.#index,
      ...this.#data.commit(),
      result: this.#result,
      order: this.#order,
      hasStarted: this.#hasStarted,
    });
  }

  cancel(): void {
    this.#host.emit({
      type: 'cancel',
      record: this.#index,
      attempt: this.#attempt,
    });
  }

  #changed(): void {
    this.#host.emit({type: 'record-changed', record: this.#index});
  }

  #proceed(): void {
    if (this.#phase !== 'committing' && this.#phase !== 'announcing') return;
    if (this.#data.isPending) return;
    switch (this.#next) {
      case 'start':
        this.#request();
        return;
      case 'retry':
        this.queue();
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

  #setPhase(phase: Phase): void {
    const from = this.#phase;
    this.#phase = phase;
    if (from !== phase) this.#host.changePhase(this.#index, from, phase);
  }
}
