import type {Outcome} from '../algorithms/decide-the-outcome.js';
import type {Snapshot} from '../algorithms/update-an-instance.js';
import type {RecordMachine} from '../core/complete-a-record.js';
import type {CommitEffect, JobEffect, WaitEffect} from '../core/effects.js';
import type {JobEvent, OfAttempt} from '../core/events.js';
import {JobMachine} from '../core/perform-a-background-fetch.js';
import {
  classifyStorageError,
  TakenOverError,
  type BodyPlace,
  type FetchChanges,
  type StoredFetch,
  type StoredRequest,
} from '../storage/fetch-storage.js';
import {SPEC} from '../profile/spec.js';
import type {Verdict} from '../../seams/verdict.js';
import type {ResponseHead} from '../algorithms/response-head.js';
import type {BlobParts} from './blob-parts.js';
import {createDeferred} from './deferred.js';
import {PartBuffer} from './part-buffer.js';
import {readBlob} from './read-blob.js';
import {runAttempt} from './run-an-attempt.js';
import type {DriverSeams} from './seams.js';
import {AttemptTeller} from './tell-attempts.js';

/** What a record's data is at some moment. */
export type RecordView = Pick<
  RecordMachine,
  'response' | 'generation' | 'received' | 'result' | 'phase'
>;

export interface JobListener {
  /** "Update background fetch instances". */
  readonly onUpdate?: (snapshot: Snapshot) => void;
  /** A record's response, bytes in storage, or result changed. */
  readonly onRecordChange?: (record: number) => void;
  /** Nothing more is heard. */
  readonly onStop?: () => void;
}

const READ_SIZE = 256 * 1024;
/** Parts of one record that may wait to be stored; then its reader waits. */
const IN_FLIGHT = 2;

/** A background fetch that runs: the machine, with hands. */
export class Job {
  readonly stored: StoredFetch;
  readonly #seams: DriverSeams;
  readonly #machine: JobMachine;
  readonly #buffers: readonly PartBuffer[];
  /** Of each record: its attempt, or its wait. */
  readonly #running = new Map<number, AbortController>();
  readonly #commits = new Map<number, Promise<void>>();
  readonly #listeners = new Set<JobListener>();
  readonly #concluded = createDeferred<Outcome>();
  readonly #unused = createDeferred<void>();
  /** Records whose server promised parts, and may not give them. */
  readonly #withoutParts = new Set<number>();
  readonly #teller: AttemptTeller | undefined;
  #users = 0;
  #isExpired = false;
  #hasStopped = false;

  constructor(stored: StoredFetch, seams: DriverSeams) {
    this.stored = stored;
    this.#seams = seams;
    const {records, wasAborted = false, outcome, downloadTotal} = stored;
    this.#machine = new JobMachine({
      records: records.map(({request: {method, integrity, headers}}) => ({
        method,
        // The integrity of a part cannot be checked, and who asks for a part
        // himself cannot be given another one.
        isResumable:
          integrity === '' && !headers.some(([name]) => name === 'range'),
      })),
      downloadTotal,
      progress: records.map(({progress}) => progress),
      uploaded: records
        .filter(({progress}) => progress.response !== undefined)
        .reduce((sum, {request}) => sum + (request.bodyLength ?? 0), 0),
      wasAborted,
      outcome,
      partSize: seams.pool.size,
      ...(seams.profile === undefined ? {} : {rules: seams.profile.records}),
    });
    const {observation, clock, profile = SPEC} = seams;
    this.#teller =
      observation &&
      new AttemptTeller(
        stored,
        observation,
        clock,
        profile.fetches.progressInterval,
      );
    this.#buffers = records.map(
      () => new PartBuffer(seams.pool, seams.storage.keepsBlobs),
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
    return this.#hasStopped;
  }

  get isPaused(): boolean {
    return this.#machine.isPaused;
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
    const {outcome, isPaused} = this.stored;
    if (isPaused) this.#send({type: 'pause'});
    this.#send({type: 'begin'});
    if (outcome !== undefined) this.#concluded.resolve(outcome);
  }

  async pause(): Promise<boolean> {
    if (!this.canPause || !this.isActive) return false;
    this.#send({type: 'pause'});
    await this.#store({isPaused: true});
    return true;
  }

  async resume(): Promise<void> {
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
    return !this.#hasStopped;
  }

  /**
   * "Unset bgFetch's records available flag." Resolves when nobody reads its
   * bytes any more: a response that was given out before stays whole.
   */
  expire(): Promise<void> {
    this.#isExpired = true;
    for (const listener of this.#listeners) listener.onUpdate?.(this.snapshot);
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
    return new Promise((resolve, reject) => {
      const onStop = (): void => {
        reject(
          new DOMException('The background fetch was dropped.', 'AbortError'),
        );
      };
      if (this.#hasStopped) {
        onStop();
        return;
      }
      const ended = new AbortController();
      const change = (): void => {
        ended.abort();
        resolve();
      };
      this.listen(
        {onUpdate: change, onRecordChange: change, onStop},
        ended.signal,
      );
    });
  }

  /** Ends without an outcome: nothing of it is heard any more. */
  stop(): void {
    this.#hasStopped = true;
    this.#teller?.stop();
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
    for (const listener of this.#listeners) listener.onStop?.();
    this.#listeners.clear();
  }

  listen(listener: JobListener, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), {
      once: true,
    });
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
    const held = this.#buffers[record]?.peek(position);
    if (held instanceof Blob) return new Uint8Array(await held.arrayBuffer());
    if (held !== undefined) return held;
    const place = {key: this.stored.key, record, generation};
    const part = await this.#seams.storage.readPart(place, position);
    return part?.bytes.subarray(position - part.from);
  }

  #place(record: number, generation: number): BodyPlace {
    return {key: this.stored.key, record, generation};
  }

  #send(event: JobEvent): void {
    if (this.#hasStopped) return;
    this.#teller?.hear(event);
    const effects = this.#machine.handle(event, this.#seams.clock.now());
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
    this.#buffers[index]?.reset(record?.received ?? 0);
  }

  #perform(effect: JobEffect): void {
    switch (effect.type) {
      case 'start': {
        const {record} = effect;
        const stored = this.stored.records[record];
        if (stored === undefined) return;
        const {request} = stored;
        const signal = this.#control(record);
        this.#teller?.start(effect);
        void runAttempt({
          start: effect,
          request,
          readBody: () =>
            readBlob(
              this.#seams.storage,
              this.#place(record, 0),
              request.bodyLength,
            ),
          network: this.#seams.network,
          fetch: {
            key: this.stored.key,
            fetchId: this.stored.id,
            records: this.stored.records.length,
            downloadTotal: this.stored.downloadTotal,
          },
          clock: this.#seams.clock,
          blobParts: this.#chooseRoute(record, request),
          bufferSize: Math.min(READ_SIZE, this.#seams.pool.size),
          signal,
          enter: () => this.#enter(request, signal),
          onSend: (headers) => this.#teller?.send(effect, headers),
          send: (event) => {
            this.#send(event);
          },
          take: (bytes) => this.#take(effect, signal, bytes),
          takeBlob: (blob) => this.#takeBlob(effect, signal, blob),
          obey: (verdict) => {
            if (!signal.aborted) this.#obey(effect, request.url, verdict);
          },
          onFault: (error) => this.#seams.observation?.observer?.faulted(error),
          onPartsFailed: () => {
            if (!signal.aborted) this.#withoutParts.add(record);
          },
        });
        return;
      }
      case 'cancel':
        this.#teller?.cancel(effect);
        this.#running.get(effect.record)?.abort();
        this.#running.delete(effect.record);
        return;
      case 'commit':
        this.#commit(effect);
        return;
      case 'wait':
        void this.#wait(effect, this.#control(effect.record));
        return;
      case 'record-changed':
        for (const listener of this.#listeners) {
          listener.onRecordChange?.(effect.record);
        }
        return;
      case 'update-instances':
        for (const listener of this.#listeners) {
          listener.onUpdate?.(this.snapshot);
        }
        return;
      case 'conclude':
        void this.#conclude({
          result: effect.result,
          failureReason: effect.failureReason,
        });
    }
  }

  async #enter({url}: StoredRequest, signal: AbortSignal): Promise<() => void> {
    const {room} = this.#seams;
    return room === undefined
      ? () => {}
      : room.enter(new URL(url).host, signal);
  }

  #obey({record, attempt}: OfAttempt, url: string, verdict: Verdict): void {
    if (verdict.type !== 'fail') {
      this.#seams.onKilled?.();
    } else if (verdict.reason === 'aborted') {
      // No record is aborted alone.
      void this.abort('user');
    } else {
      const {reason: result} = verdict;
      const head: ResponseHead = {
        status: 500,
        statusText: '',
        url,
        redirected: false,
        type: 'default',
        headers: [],
      };
      this.#send({type: 'decided', record, attempt, result, head});
    }
  }

  /** Undefined where each byte is to be counted as it comes. */
  #chooseRoute(record: number, request: StoredRequest): BlobParts | undefined {
    const {blobParts, storage} = this.#seams;
    const isOpen = storage.keepsBlobs && !this.#withoutParts.has(record);
    return isOpen && blobParts?.isAllowed(request) === true
      ? blobParts
      : undefined;
  }

  #control(record: number): AbortSignal {
    const controller = new AbortController();
    this.#running.set(record, controller);
    return controller.signal;
  }

  /** Bytes from the network: into the buffer, as much as fits at a time. */
  async #take(
    {record, attempt}: OfAttempt,
    signal: AbortSignal,
    bytes: Uint8Array,
  ): Promise<void> {
    const buffer = this.#buffers[record];
    if (buffer === undefined) return;
    for (let rest = bytes; rest.length > 0;) {
      while (buffer.inFlight >= IN_FLIGHT) await buffer.whenReleased();
      if (signal.aborted) return;
      const piece = rest.subarray(0, buffer.room);
      rest = rest.subarray(piece.length);
      buffer.append(piece);
      this.#send({type: 'chunk', record, attempt, length: piece.length});
    }
  }

  /** A part that nobody reads; resolves when it has been stored. */
  async #takeBlob(
    {record, attempt}: OfAttempt,
    signal: AbortSignal,
    blob: Blob,
  ): Promise<void> {
    const buffer = this.#buffers[record];
    if (buffer === undefined) return;
    if (signal.aborted) return;
    const from = buffer.appendBlob(blob);
    this.#send({type: 'chunk', record, attempt, length: blob.size});
    // The last one may be stored with the result only.
    while (buffer.isStoring(from)) await buffer.whenReleased();
  }

  #commit(effect: CommitEffect): void {
    const {record, from, to} = effect;
    const buffer = this.#buffers[record];
    const bytes = to > from ? buffer?.take() : undefined;
    const storing = this.#seams.storage
      .commit(this.stored.key, effect, bytes)
      .then(
        (): JobEvent => ({type: 'committed', record}),
        (error: unknown): JobEvent => {
          this.#stopIfTakenOver(error);
          return {
            type: 'commit-failed',
            record,
            reason: classifyStorageError(error),
          };
        },
      );
    // Answers in the order of the commits, whatever storage does.
    const before = this.#commits.get(record) ?? Promise.resolve();
    const answered = before.then(async () => {
      const event = await storing;
      if (bytes !== undefined) buffer?.release(bytes);
      this.#send(event);
    });
    this.#commits.set(record, answered);
  }

  async #wait(
    {record, attempt, forNetwork, delay}: WaitEffect,
    signal: AbortSignal,
  ): Promise<void> {
    const {clock, network} = this.#seams;
    try {
      if (forNetwork) await network.whenOnline(signal);
      await clock.sleepUntil(clock.now() + delay, signal);
    } catch {
      // Cancelled: aborted, or stopped.
      return;
    }
    this.#send({type: 'wait-over', record, attempt});
  }

  async #conclude(outcome: Outcome): Promise<void> {
    // If it cannot be stored, the next worker comes to the same conclusion.
    await this.#store({outcome});
    if (!this.#hasStopped) this.#concluded.resolve(outcome);
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
