import type {Outcome} from '../algorithms/decide-the-outcome.js';
import type {Snapshot} from '../algorithms/update-an-instance.js';
import type {RecordMachine} from '../core/complete-a-record.js';
import type {JobEffect} from '../core/effects.js';
import type {JobEvent} from '../core/events.js';
import {isAttempt} from '../core/record.js';
import type {JobMachine} from '../core/perform-a-background-fetch.js';
import {nextTask} from '../next-task.js';
import {SPEC} from '../profile/spec.js';
import {
  TakenOverError,
  type FetchChanges,
  type StoredFetch,
} from '../storage/fetch-storage.js';
import {createDeferred} from './deferred.js';
import {JobListeners, type JobListener} from './job-listeners.js';
import {RecordDriver} from './record-driver.js';
import {restoreMachine} from './restore-machine.js';
import type {DriverSeams} from './seams.js';
import {AttemptTeller} from './tell-attempts.js';

/** What a record's data is at some moment. */
export type RecordView = Pick<
  RecordMachine,
  'response' | 'generation' | 'received' | 'result' | 'phase'
>;

/** A background fetch that runs: the machine, with hands. */
export class Job {
  readonly stored: StoredFetch;
  readonly #seams: DriverSeams;
  readonly #machine: JobMachine;
  readonly #drivers: readonly RecordDriver[];
  readonly #listeners = new JobListeners();
  readonly #concluded = createDeferred<Outcome>();
  readonly #unused = createDeferred<void>();
  readonly #teller: AttemptTeller | undefined;
  /** Until a pause that was asked for has begun. */
  #closing: Promise<void> | undefined;
  #users = 0;
  #isExpired = false;

  constructor(stored: StoredFetch, seams: DriverSeams) {
    this.stored = stored;
    this.#seams = seams;
    this.#machine = restoreMachine(stored, seams);
    const {observation, clock, profile = SPEC} = seams;
    this.#teller =
      observation &&
      new AttemptTeller(
        stored,
        observation,
        clock,
        profile.fetches.progressInterval,
      );
    this.#drivers = stored.records.map(
      ({request}, record) =>
        new RecordDriver({
          fetch: stored,
          request,
          record,
          seams,
          teller: this.#teller,
          send: (event) => {
            this.#send(event);
          },
          abortFetch: () => void this.abort('user'),
          onStorageError: (error) => {
            this.#stopIfTakenOver(error);
          },
        }),
    );
  }

  get snapshot(): Snapshot {
    return {...this.#machine.snapshot, recordsAvailable: !this.#isExpired};
  }

  get isActive(): boolean {
    return this.#machine.isActive;
  }

  /** Whether `abort()`, or the user, ended it. */
  get wasAborted(): boolean {
    return this.#machine.wasAborted;
  }

  /** Whether another one has taken its place, or it was dropped. */
  get hasStopped(): boolean {
    return this.#listeners.hasStopped;
  }

  /** Whether a pause was asked for, be it only about to begin. */
  get isPaused(): boolean {
    return this.#closing !== undefined || this.#machine.isPaused;
  }

  get canPause(): boolean {
    return this.#machine.canPause;
  }

  get records(): readonly RecordView[] {
    return this.#machine.records;
  }

  /** Resolves with the outcome, once it is stored. */
  get concluded(): Promise<Outcome> {
    return this.#concluded.promise;
  }

  /** Begins, or goes on from what an earlier worker stored. */
  begin(): void {
    const {outcome} = this.stored;
    this.#send({type: 'begin'});
    if (outcome !== undefined) this.#concluded.resolve(outcome);
  }

  async pause(): Promise<boolean> {
    if (!this.canPause || !this.isActive) return false;
    this.#closing ??= this.#closeConnections();
    await this.#closing;
    // It may have ended meanwhile.
    if (!this.isActive) return false;
    this.#send({type: 'pause'});
    await this.#store({isPaused: true});
    return true;
  }

  async resume(): Promise<void> {
    if (this.#closing !== undefined) await this.#closing;
    // First, as in pause(): what is stored last is then what was done last.
    this.#send({type: 'resume'});
    await this.#store({isPaused: false});
  }

  /**
   * Aborts what is not yet concluded; `false` if there is nothing to abort.
   * Resolves when it cannot be forgotten any more.
   */
  async abort(by: 'script' | 'user' = 'script'): Promise<boolean> {
    if (!this.isActive) return false;
    const type = by === 'script' ? 'abort' : 'abort-by-user';
    // Stored before the outcome is, which comes of it.
    const storing = this.#store({wasAborted: true});
    this.#send({type});
    await storing;
    return !this.hasStopped;
  }

  /**
   * "Unset bgFetch's records available flag." Resolves when nobody reads its
   * bytes any more: a response that was given out before stays whole.
   */
  expire(): Promise<void> {
    this.#isExpired = true;
    this.#listeners.update(this.snapshot);
    if (this.#users === 0) this.#unused.resolve();
    return this.#unused.promise;
  }

  /** Keeps the bytes until what it returns is called. */
  use(): () => void {
    let isUsed = true;
    this.#users += 1;
    return () => {
      if (!isUsed) return;
      isUsed = false;
      this.#users -= 1;
      if (this.#users === 0 && this.#isExpired) this.#unused.resolve();
    };
  }

  /** Resolves at its next change of any kind; rejects when there will be none. */
  whenChanged(): Promise<void> {
    return this.#listeners.whenChanged();
  }

  /** Ends without an outcome: nothing of it is heard any more. */
  stop(): void {
    this.#listeners.stop();
    this.#teller?.stop();
    for (const driver of this.#drivers) driver.stop();
  }

  listen(listener: JobListener, signal: AbortSignal): void {
    this.#listeners.add(listener, signal);
  }

  /**
   * Bytes of a record's response from a place on, wherever they are by now, and
   * as many as are there together. Undefined if there are none (yet).
   */
  async readResponse(
    record: number,
    generation: number,
    position: number,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const machine = this.#machine.records[record];
    if (machine?.generation !== generation) return undefined;
    if (position >= machine.received) return undefined;
    return this.#drivers[record]?.read(generation, position);
  }

  /**
   * At once. Browsers close a connection in a task of its own; what follows a
   * pause, to store all that has come, would keep that task waiting.
   */
  async #closeConnections(): Promise<void> {
    for (const [index, {phase}] of this.#machine.records.entries()) {
      if (isAttempt(phase)) this.#drivers[index]?.stop();
    }
    await nextTask();
    this.#closing = undefined;
  }

  #send(event: JobEvent): void {
    if (this.hasStopped) return;
    const now = this.#seams.clock.now();
    this.#teller?.hear(event, now);
    const effects = this.#machine.handle(event, now);
    for (const effect of effects) this.#perform(effect);
    for (const effect of effects) {
      if (effect.type === 'cancel') this.#tidy(effect.record, false);
    }
    if ('record' in event) this.#tidy(event.record, event.type === 'response');
  }

  /** What was received and not committed by the end of an attempt is void. */
  #tidy(index: number, isAtStart: boolean): void {
    const record = this.#machine.records[index];
    if (record?.phase === 'receiving' && !isAtStart) return;
    this.#drivers[index]?.reset(record?.received ?? 0);
  }

  #perform(effect: JobEffect): void {
    switch (effect.type) {
      case 'start':
      case 'cancel':
      case 'commit':
      case 'wait':
        this.#drivers[effect.record]?.perform(effect);
        return;
      case 'record-changed':
        this.#listeners.changeRecord(effect.record);
        return;
      case 'update-instances':
        this.#listeners.update(this.snapshot);
        return;
      case 'conclude':
        void this.#conclude({
          result: effect.result,
          failureReason: effect.failureReason,
        });
    }
  }

  async #conclude(outcome: Outcome): Promise<void> {
    // If it cannot be stored, the next worker comes to the same conclusion.
    await this.#store({outcome});
    if (!this.hasStopped) this.#concluded.resolve(outcome);
  }

  /** What cannot be stored holds for as long as this worker lives. */
  async #store(changes: FetchChanges): Promise<void> {
    try {
      await this.#seams.storage.update(this.stored.key, changes);
    } catch (error) {
      this.#stopIfTakenOver(error);
    }
  }

  /** The worker that has it now ends it; here it must not even fail. */
  #stopIfTakenOver(error: unknown): void {
    if (error instanceof TakenOverError) this.stop();
  }
}
