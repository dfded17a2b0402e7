import type {AttemptContext} from '../../seams/network.js';
import type {Remembered} from '../memory.js';
import {createProgressBook, type ProgressBook} from './progress.js';
import {
  evaluateSchedule,
  percentsOf,
  type Schedule,
  type Scheduled,
} from './schedule.js';

/** While no schedule has begun. */
export const NOTHING_SCHEDULED: Scheduled = {
  offline: false,
  profile: undefined,
  until: Infinity,
};

/** A schedule under way: it begins with the first request. */
export class Timetable {
  readonly #schedule: Schedule | undefined;
  #book: ProgressBook;
  #beganAt: number | undefined;

  constructor(schedule: Schedule | undefined) {
    this.#schedule = schedule;
    this.#book = this.#makeBook();
  }

  get remembered(): Pick<Remembered, 'scheduleStart' | 'reached'> {
    return {
      ...(this.#beganAt === undefined ? {} : {scheduleStart: this.#beganAt}),
      reached: this.#book.reached,
    };
  }

  get hasBegun(): boolean {
    return this.#beganAt !== undefined;
  }

  /** A request is made. Returns whether the schedule begins, or goes on, with it. */
  begin(now: number): boolean {
    if (this.#schedule === undefined) return false;
    this.#beganAt ??= now;
    return true;
  }

  /** What holds now; `until` is when, on the clock, that may change by itself. */
  evaluate(now: number, seed: number): Scheduled {
    if (this.#schedule === undefined || this.#beganAt === undefined) {
      return NOTHING_SCHEDULED;
    }
    const scheduled = evaluateSchedule(
      this.#schedule,
      now - this.#beganAt,
      this.#book.reachedAt,
      seed,
    );
    const until = this.#beganAt + scheduled.until;
    // By a fraction that the clock cannot tell, it may be now, and yet to come.
    return {...scheduled, until: until > now ? until : now + 1};
  }

  /** See `ProgressBook.report`. */
  report(
    context: AttemptContext,
    position: number,
    total: number | undefined,
    now: number,
  ): ReturnType<ProgressBook['report']> {
    return this.#beganAt === undefined
      ? {hasReached: false, left: Infinity}
      : this.#book.report(context, position, total, now - this.#beganAt);
  }

  /** Goes on where it was in an earlier worker. */
  recall({scheduleStart, reached}: Remembered): void {
    this.#beganAt = scheduleStart;
    this.#book = this.#makeBook(reached);
  }

  #makeBook(reached?: Remembered['reached']): ProgressBook {
    const percents =
      this.#schedule === undefined ? [] : percentsOf(this.#schedule);
    return createProgressBook(percents, reached);
  }
}
