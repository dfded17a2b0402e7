import {SMALLEST_CACHED, type BodyBytes} from '../storage/fetch-storage.js';
import {createDeferred} from './deferred.js';
import {makeBlob} from './make-blob.js';

/** Buffers of one size that are used again, rather than left to the collector. */
export class BufferPool {
  readonly size: number;
  readonly #limit: number;
  readonly #free: ArrayBuffer[] = [];

  constructor(size: number, limit = 4) {
    this.size = size;
    this.#limit = limit;
  }

  take(): ArrayBuffer {
    return this.#free.pop() ?? new ArrayBuffer(this.size);
  }

  give(buffer: ArrayBuffer): void {
    const isWhole = buffer.byteLength === this.size;
    if (isWhole && this.#free.length < this.#limit) this.#free.push(buffer);
  }
}

interface Held {
  readonly from: number;
  readonly body: BodyBytes;
}

const SMALLEST = 64 * 1024;
/** Of a Blob, so much is read at a time. */
const READ_SIZE = 2 ** 20;

/**
 * Bytes of one response's body between network and storage: at most one part,
 * and those that are just being stored.
 */
export class PartBuffer {
  readonly #pool: BufferPool;
  readonly #makesBlobs: boolean;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  #from = 0;
  #length = 0;
  /** Before those bytes: what came as Blobs, and is not taken yet. */
  #pieces: readonly Held[] = [];
  #inFlight: readonly Held[] = [];
  #released = createDeferred<void>();
  /** Bytes of the largest buffer that there was need of. */
  #usual = SMALLEST;

  /** @param makesBlobs whether what is large is to be stored as a Blob */
  constructor(pool: BufferPool, makesBlobs: boolean) {
    this.#pool = pool;
    this.#makesBlobs = makesBlobs;
  }

  /** How many bytes there is room for. */
  get room(): number {
    return this.#pool.size - this.#length;
  }

  /** Parts that are being stored. */
  get inFlight(): number {
    return this.#inFlight.length;
  }

  /** Forgets what was not taken. The next byte's place in the body is `from`. */
  reset(from: number): void {
    this.#pool.give(this.#bytes.buffer);
    this.#bytes = new Uint8Array();
    this.#from = from;
    this.#length = 0;
    this.#pieces = [];
  }

  /** Copies bytes for which there is room. */
  append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  /** Keeps a Blob, which takes no room here; tells its place. */
  appendBlob(blob: Blob): number {
    this.#closePiece();
    const from = this.#from;
    this.#pieces = [...this.#pieces, {from, body: blob}];
    this.#from += blob.size;
    return from;
  }

  /** Whether the byte at a place is just being stored. */
  isStoring(position: number): boolean {
    return this.#inFlight.some((held) => contains(held, position));
  }

  /** All bytes, to be stored; held until they are given to `release`. */
  take(): BodyBytes {
    const from = this.#pieces[0]?.from ?? this.#from;
    const body = this.#join();
    this.#inFlight = [...this.#inFlight, {from, body}];
    return body;
  }

  release(body: BodyBytes): void {
    this.#inFlight = this.#inFlight.filter((held) => held.body !== body);
    if (!(body instanceof Blob)) this.#pool.give(body.buffer);
    this.#released.resolve();
    this.#released = createDeferred();
  }

  /** Resolves when the next part has been stored, or could not be. */
  whenReleased(): Promise<void> {
    return this.#released.promise;
  }

  /** The bytes from a place on, as far as they are here; a copy, or a Blob. */
  peek(position: number): BodyBytes | undefined {
    const last = {
      from: this.#from,
      body: this.#bytes.subarray(0, this.#length),
    };
    const held = [...this.#inFlight, ...this.#pieces, last].find((each) =>
      contains(each, position),
    );
    if (held === undefined) return undefined;
    const start = position - held.from;
    return held.body instanceof Blob
      ? held.body.slice(start, start + READ_SIZE)
      : held.body.slice(start);
  }

  #join(): BodyBytes {
    if (this.#pieces.length === 0) {
      const bytes = this.#cut();
      if (!this.#makesBlobs || bytes.length < SMALLEST_CACHED) return bytes;
      // Made of a Blob, a response is cheaper; and the buffer is free again.
      const blob = makeBlob(bytes);
      if (blob === undefined) return bytes;
      this.#pool.give(bytes.buffer);
      return blob;
    }
    this.#closePiece();
    const bodies = this.#pieces.map(({body}) => body);
    this.#pieces = [];
    const [first] = bodies;
    return first instanceof Blob && bodies.length === 1
      ? first
      : new Blob(bodies);
  }

  #closePiece(): void {
    if (this.#length === 0) return;
    const from = this.#from;
    this.#pieces = [...this.#pieces, {from, body: this.#cut()}];
  }

  #cut(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#from += this.#length;
    this.#bytes = new Uint8Array();
    this.#length = 0;
    return bytes;
  }

  /** Small files get small buffers; whoever needs more soon gets a whole one. */
  #grow(length: number): void {
    const size = Math.max(this.#usual, this.#bytes.length * 4, length);
    this.#usual = Math.min(size, this.#pool.size);
    const buffer =
      size >= this.#pool.size ? this.#pool.take() : new ArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}

function contains({from, body}: Held, position: number): boolean {
  const size = body instanceof Blob ? body.size : body.length;
  return position >= from && position < from + size;
}
