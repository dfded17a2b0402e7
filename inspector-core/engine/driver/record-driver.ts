import type {Verdict} from '../../seams/verdict.js';
import {makeHead} from '../algorithms/response-head.js';
import type {
  CommitEffect,
  JobEffect,
  StartEffect,
  WaitEffect,
} from '../core/effects.js';
import type {JobEvent, OfAttempt} from '../core/events.js';
import {
  classifyStorageError,
  type BodyPlace,
  type StoredFetch,
  type StoredRequest,
} from '../storage/fetch-storage.js';
import type {BlobParts} from './blob-parts.js';
import {createSerialQueue} from '../serial-queue.js';
import {PartBuffer} from './part-buffer.js';
import {readBlob} from './read-blob.js';
import {runAttempt} from './run-an-attempt.js';
import type {DriverSeams} from './seams.js';
import type {AttemptTeller} from './tell-attempts.js';

/** What is to be done of one record alone. */
export type RecordEffect = Extract<
  JobEffect,
  {type: 'start' | 'cancel' | 'commit' | 'wait'}
>;

export interface RecordDriverOptions {
  readonly fetch: StoredFetch;
  readonly request: StoredRequest;
  /** Its place in the fetch. */
  readonly record: number;
  readonly seams: DriverSeams;
  readonly teller: AttemptTeller | undefined;
  readonly send: (event: JobEvent) => void;
  /** The whole fetch is to be aborted, as its user does. */
  readonly abortFetch: () => void;
  /** Storage refused, and not only these bytes may be concerned. */
  readonly onStorageError: (error: unknown) => void;
}

const READ_SIZE = 256 * 1024;
/** Parts that may wait to be stored; then the reader waits. */
const IN_FLIGHT = 2;

/** The hands of one record: its attempts, and its bytes on their way to storage. */
export class RecordDriver {
  readonly #options: RecordDriverOptions;
  readonly #buffer: PartBuffer;
  /** The attempt that runs, or the wait. */
  #running: AbortController | undefined;
  /** Answers in the order of the commits, whatever storage does. */
  readonly #answer = createSerialQueue();
  /** The server promised parts, and may not give them. */
  #isWithoutParts = false;

  constructor(options: RecordDriverOptions) {
    this.#options = options;
    const {pool, storage} = options.seams;
    this.#buffer = new PartBuffer(pool, storage.keepsBlobs);
  }

  perform(effect: RecordEffect): void {
    switch (effect.type) {
      case 'start':
        this.#start(effect, this.#control());
        return;
      case 'cancel':
        this.#options.teller?.cancel(effect);
        this.stop();
        return;
      case 'commit':
        this.#commit(effect);
        return;
      case 'wait':
        void this.#wait(effect, this.#control());
    }
  }

  /** Ends the attempt, or the wait, that runs. */
  stop(): void {
    this.#running?.abort();
    this.#running = undefined;
  }

  /** Forgets what was not committed. The next byte's place is `from`. */
  reset(from: number): void {
    this.#buffer.reset(from);
  }

  /** Bytes of its response from a place on that it has, wherever they are. */
  async read(
    generation: number,
    position: number,
  ): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const held = this.#buffer.peek(position);
    if (held instanceof Blob) return new Uint8Array(await held.arrayBuffer());
    if (held !== undefined) return held;
    const {storage} = this.#options.seams;
    const part = await storage.readPart(this.#place(generation), position);
    return part?.bytes.subarray(position - part.from);
  }

  #place(generation: number): BodyPlace {
    const {fetch, record} = this.#options;
    return {key: fetch.key, record, generation};
  }

  #control(): AbortSignal {
    this.#running = new AbortController();
    return this.#running.signal;
  }

  #start(start: StartEffect, signal: AbortSignal): void {
    const {fetch, request, seams, teller, send} = this.#options;
    teller?.start(start);
    void runAttempt({
      start,
      request,
      readBody: () =>
        readBlob(seams.storage, this.#place(0), request.bodyLength),
      network: seams.network,
      fetch: {
        key: fetch.key,
        fetchId: fetch.id,
        records: fetch.records.length,
        downloadTotal: fetch.downloadTotal,
      },
      clock: seams.clock,
      blobParts: this.#chooseRoute(),
      bufferSize: Math.min(READ_SIZE, seams.pool.size),
      signal,
      enter: () => this.#enter(signal),
      onSend: (headers) => teller?.send(start, headers),
      send,
      take: (bytes) => this.#take(start, signal, bytes),
      takeBlob: (blob) => this.#takeBlob(start, signal, blob),
      obey: (verdict) => {
        if (!signal.aborted) this.#obey(start, verdict);
      },
      onFault: (error) => seams.observation?.observer?.faulted(error),
      onPartsFailed: () => {
        if (!signal.aborted) this.#isWithoutParts = true;
      },
    });
  }

  async #enter(signal: AbortSignal): Promise<() => void> {
    const {request, seams} = this.#options;
    return seams.room === undefined
      ? () => {}
      : seams.room.enter(new URL(request.url).host, signal);
  }

  #obey({record, attempt}: OfAttempt, verdict: Verdict): void {
    const {request, seams, send, abortFetch} = this.#options;
    if (verdict.type !== 'fail') {
      seams.onKilled?.();
    } else if (verdict.reason === 'aborted') {
      // No record is aborted alone.
      abortFetch();
    } else {
      const {reason: result} = verdict;
      const head = makeHead(request.url, 500, 'default');
      send({type: 'decided', record, attempt, result, head});
    }
  }

  /** Undefined where each byte is to be counted as it comes. */
  #chooseRoute(): BlobParts | undefined {
    const {request, seams} = this.#options;
    const {blobParts, storage} = seams;
    const isOpen = storage.keepsBlobs && !this.#isWithoutParts;
    return isOpen && blobParts?.isAllowed(request) === true
      ? blobParts
      : undefined;
  }

  /** Bytes from the network: into the buffer, as much as fits at a time. */
  async #take(
    {record, attempt}: OfAttempt,
    signal: AbortSignal,
    bytes: Uint8Array,
  ): Promise<void> {
    const buffer = this.#buffer;
    for (let rest = bytes; rest.length > 0;) {
      while (buffer.inFlight >= IN_FLIGHT) await buffer.whenReleased();
      if (signal.aborted) return;
      const piece = rest.subarray(0, buffer.room);
      rest = rest.subarray(piece.length);
      buffer.append(piece);
      this.#options.send({
        type: 'chunk',
        record,
        attempt,
        length: piece.length,
      });
    }
  }

  /** A part that nobody reads; resolves when it has been stored. */
  async #takeBlob(
    {record, attempt}: OfAttempt,
    signal: AbortSignal,
    blob: Blob,
  ): Promise<void> {
    if (signal.aborted) return;
    const from = this.#buffer.appendBlob(blob);
    this.#options.send({type: 'chunk', record, attempt, length: blob.size});
    // The last one may be stored with the result only.
    while (this.#buffer.isStoring(from)) await this.#buffer.whenReleased();
  }

  #commit(effect: CommitEffect): void {
    const {fetch, record, seams, send, onStorageError} = this.#options;
    const {from, to} = effect;
    const bytes = to > from ? this.#buffer.take() : undefined;
    const storing = seams.storage.commit(fetch.key, effect, bytes).then(
      (): JobEvent => ({type: 'committed', record}),
      (error: unknown): JobEvent => {
        onStorageError(error);
        const reason = classifyStorageError(error);
        return {type: 'commit-failed', record, reason};
      },
    );
    void this.#answer(async () => {
      const event = await storing;
      if (bytes !== undefined) this.#buffer.release(bytes);
      send(event);
    });
  }

  async #wait(
    {record, attempt, forNetwork, delay}: WaitEffect,
    signal: AbortSignal,
  ): Promise<void> {
    const {clock, network} = this.#options.seams;
    try {
      if (forNetwork) await network.whenOnline(signal);
      await clock.sleepUntil(clock.now() + delay, signal);
    } catch {
      // Cancelled: aborted, or stopped.
      return;
    }
    this.#options.send({type: 'wait-over', record, attempt});
  }
}
