import {Alarm} from '../../seams/alarm.js';
import type {Clock} from '../../seams/clock.js';

/** Milliseconds of the lane's rate that one piece holds. */
const SLICE_MS = 5;

/** And a stream's first one, so that its first byte is not held up by others. */
const FIRST_SLICE_MS = 0.25;

/** So far ahead of its time a first piece may go: no timer is as exact. */
const FIRST_CREDIT_MS = 1;

/**
 * Milliseconds for which the lane may stand empty and catch up afterwards: the
 * network behind it hiccups. After that, what was not sent is not owed.
 */
const GRACE_MS = 50;

/** One stream's place in a lane. */
export interface Seat {
  /** Resolves when so many more bytes of this stream are due. */
  take(count: number): Promise<void>;
  /** How many bytes a piece should hold now; at least 1. */
  readonly slice: number;
  /** Gives up what it waits for. */
  leave(): void;
}

interface Piece {
  /** Bytes that are not yet sent. */
  count: number;
  readonly isFirst: boolean;
  readonly grant: () => void;
}

/**
 * One direction of a link, shared fairly among the streams in it: they send
 * pieces of one size in turn, as packets go over a wire, and who has nothing to
 * send leaves its turn to the others.
 *
 * Each byte has its due time on the clock: that of the lane's last beginning,
 * and the bytes since then by the rate. A timer that wakes late is late once;
 * the bytes after it are not (unlike sleeps and refilled buckets, which add
 * their errors up).
 */
export class Lane {
  readonly #clock: Clock;
  readonly #sliceMs: number;
  readonly #graceMs: number;
  /** Bytes per millisecond; undefined: no limit. */
  #rate: number | undefined;
  #queue: readonly Piece[] = [];
  /** When the lane last began, and the bytes that went over it since. */
  #beganAt: number;
  #sent = 0;
  #grantedAt: number;
  readonly #alarm: Alarm;

  /** @param rate bytes per second; undefined: no limit */
  constructor(clock: Clock, rate?: number) {
    const tick = clock.tick ?? 0;
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => this.#grantDue());
    this.#sliceMs = Math.max(SLICE_MS, tick);
    this.#graceMs = Math.max(GRACE_MS, 2 * tick);
    this.#rate = perMs(rate);
    this.#beganAt = clock.now();
    this.#grantedAt = this.#beganAt;
  }

  /** Bytes per second; what is under way goes on at the new rate. */
  setRate(rate: number | undefined): void {
    if (perMs(rate) === this.#rate) return;
    const now = this.#clock.now();
    const [head] = this.#queue;
    if (head !== undefined && this.#rate !== undefined) {
      const done = (now - this.#freeAt) * this.#rate;
      head.count -= Math.min(head.count, Math.max(0, done));
    }
    this.#rate = perMs(rate);
    // A piece that was cut for a faster lane would hold up a slower one.
    const most = this.#slice(false);
    for (const piece of this.#queue) piece.count = Math.min(piece.count, most);
    this.#begin(now);
    this.#grantDue();
  }

  join(): Seat {
    let isFirst = true;
    let waiting: Piece | undefined;
    const slice = (): number => this.#slice(isFirst);
    return {
      get slice() {
        return slice();
      },
      take: (count) =>
        new Promise((grant) => {
          waiting = {count, isFirst, grant};
          isFirst = false;
          this.#enqueue(waiting);
        }),
      leave: () => {
        if (waiting !== undefined) this.#remove(waiting);
      },
    };
  }

  #slice(isFirst: boolean): number {
    if (this.#rate === undefined) return Infinity;
    const ms = isFirst ? FIRST_SLICE_MS : this.#sliceMs;
    return Math.max(1, Math.floor(this.#rate * ms));
  }

  #enqueue(piece: Piece): void {
    const now = this.#clock.now();
    // A stream that is new is owed nothing of before.
    const isAnew = piece.isFirst || now - this.#grantedAt > this.#graceMs;
    if (this.#queue.length === 0 && isAnew) {
      this.#begin(Math.max(now, this.#freeAt));
    }
    // First pieces are tiny: they come before all others, which are later by them.
    if (piece.isFirst && this.#dueAt(piece.count) <= now + FIRST_CREDIT_MS) {
      this.#grant(piece, now);
      this.#setAlarm();
      return;
    }
    const later = this.#queue.findIndex(
      ({isFirst}, index) => index > 0 && !isFirst,
    );
    const at = piece.isFirst && later !== -1 ? later : this.#queue.length;
    this.#queue = this.#queue.toSpliced(at, 0, piece);
    this.#grantDue();
  }

  #remove(piece: Piece): void {
    if (!this.#queue.includes(piece)) return;
    const wasHead = this.#queue[0] === piece;
    this.#queue = this.#queue.filter((other) => other !== piece);
    // What was sent of it is gone; the next one begins now.
    if (wasHead) this.#begin(Math.max(this.#clock.now(), this.#freeAt));
    piece.grant();
    this.#grantDue();
  }

  #begin(at: number): void {
    this.#beganAt = at;
    this.#sent = 0;
    this.#grantedAt = Math.max(this.#grantedAt, at);
  }

  /** When so many bytes after those that were sent are due. */
  #dueAt(count: number): number {
    return this.#beganAt + (this.#sent + count) / (this.#rate ?? Infinity);
  }

  /** When the last byte that was sent was due. */
  get #freeAt(): number {
    return this.#dueAt(0);
  }

  #grant({count, grant}: Piece, now: number): void {
    this.#sent += count;
    this.#grantedAt = now;
    grant();
  }

  #grantDue(): void {
    const now = this.#clock.now();
    for (;;) {
      const [head, ...rest] = this.#queue;
      if (head === undefined || this.#dueAt(head.count) > now) break;
      this.#queue = rest;
      this.#grant(head, now);
    }
    this.#setAlarm();
  }

  /** One timer for all: it is for whoever is next. */
  #setAlarm(): void {
    const [head] = this.#queue;
    this.#alarm.set(head === undefined ? Infinity : this.#dueAt(head.count));
  }
}

const perMs = (rate: number | undefined): number | undefined =>
  rate === undefined ? undefined : rate / 1_000;
