import {createDeferred} from './deferred.js';

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
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const SMALLEST = 64 * 1024;

/**
 * Bytes of one response's body between network and storage: at most one part,
 * and those that are just being stored.
 */
export class PartBuffer {
  readonly #pool: BufferPool;
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array();
  #from = 0;
  #length = 0;
  #inFlight: readonly Held[] = [];
  #released = createDeferred<void>();

  constructor(pool: BufferPool) {
    this.#pool = pool;
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
  }

  /** Copies bytes for which there is room. */
  append(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#bytes.length) this.#grow(length);
    this.#bytes.set(bytes, this.#length);
    this.#length = length;
  }

  /** All bytes, to be stored; held until they are given to `release`. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#inFlight = [...this.#inFlight, {from: this.#from, bytes}];
    this.#from += this.#length;
    this.#bytes = new Uint8Array();
    this.#length = 0;
    return bytes;
  }

  release(bytes: Uint8Array<ArrayBuffer>): void {
    this.#inFlight = this.#inFlight.filter((held) => held.bytes !== bytes);
    this.#pool.give(bytes.buffer);
    this.#released.resolve();
    this.#released = createDeferred();
  }

  /** Resolves when the next part has been stored, or could not be. */
  whenReleased(): Promise<void> {
    return this.#released.promise;
  }

  /** A copy of the bytes from a place on, as far as they are here. */
  peek(position: number): Uint8Array<ArrayBuffer> | undefined {
    const last = {
      from: this.#from,
      bytes: this.#bytes.subarray(0, this.#length),
    };
    const held = [...this.#inFlight, last].find(
      ({from, bytes}) => position >= from && position < from + bytes.length,
    );
    return held?.bytes.slice(position - held.from);
  }

  /** Small files get small buffers; whoever needs more soon gets a whole one. */
  #grow(length: number): void {
    const size = Math.max(SMALLEST, this.#bytes.length * 4, length);
    const buffer =
      size >= this.#pool.size ? this.#pool.take() : new ArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}
