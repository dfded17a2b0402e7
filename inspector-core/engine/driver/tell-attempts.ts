import type {AttemptError, Observation} from '../attempt-observer.js';
import type {StartEffect} from '../core/effects.js';
import type {JobEvent, OfAttempt} from '../core/events.js';
import type {Clock} from '../../seams/clock.js';
import type {StoredFetch} from '../storage/fetch-storage.js';

/** After so many milliseconds it is told what came, if no more does. */
const REST_INTERVAL_MS = 1_000;

interface Open {
  readonly attempt: number;
  readonly name: string;
  received: number;
  hasResponded: boolean;
}

/**
 * Tells an observer of the attempts of one fetch: their bytes once an interval
 * for all of them together, since nobody looks closer. Those that begin while
 * nobody observes are not told of.
 */
export class AttemptTeller {
  readonly #fetch: StoredFetch;
  readonly #observation: Observation;
  readonly #clock: Clock;
  readonly #interval: number;
  /** By record. */
  readonly #open = new Map<number, Open>();
  /** Whose bytes are not told yet, longest first. */
  readonly #untold = new Set<Open>();
  #lastToldAt = Number.NEGATIVE_INFINITY;
  #isWaiting = false;

  constructor(
    fetch: StoredFetch,
    observation: Observation,
    clock: Clock,
    interval: number,
  ) {
    this.#fetch = fetch;
    this.#observation = observation;
    this.#clock = clock;
    this.#interval = interval;
  }

  start({record, attempt}: StartEffect): void {
    const {observer} = this.#observation;
    const request = this.#fetch.records[record]?.request;
    if (observer === undefined || request === undefined) return;
    const {scope, id, key} = this.#fetch;
    const {lives} = this.#observation;
    const name = [key, record, attempt, ...(lives > 1 ? [lives] : [])].join(
      '.',
    );
    this.#open.set(record, {attempt, name, received: 0, hasResponded: false});
    observer.started(name, {
      place: {scope, id, fetch: key, record},
      url: request.url,
      method: request.method,
    });
  }

  /** The request of an attempt goes out. */
  send(of: OfAttempt, headers: Headers): void {
    const open = this.#find(of);
    if (open === undefined) return;
    this.#observation.observer?.sent(open.name, [...headers]);
  }

  hear(event: JobEvent, now: number): void {
    if (!('attempt' in event)) return;
    const open = this.#find(event);
    if (open === undefined) return;
    switch (event.type) {
      case 'response':
        open.hasResponded = true;
        this.#observation.observer?.responded(open.name, event.head);
        return;
      case 'chunk':
        open.received += event.length;
        this.#untold.add(open);
        this.#tellIfDue(now);
        return;
      case 'body-ended':
        this.#finish(event.record, open);
        return;
      case 'stopped-short':
        this.#finish(event.record, open, 'dropped');
        return;
      case 'decided':
        this.#finish(event.record, open, 'aborted');
        return;
      case 'failed':
        this.#finish(event.record, open, errorOf(event, open));
        return;
      default:
    }
  }

  cancel(of: OfAttempt): void {
    const open = this.#find(of);
    if (open !== undefined) this.#finish(of.record, open, 'aborted');
  }

  /** All that run are cancelled. */
  stop(): void {
    for (const [record, open] of this.#open) {
      this.#finish(record, open, 'aborted');
    }
  }

  #find({record, attempt}: OfAttempt): Open | undefined {
    const open = this.#open.get(record);
    return open?.attempt === attempt ? open : undefined;
  }

  #finish(record: number, open: Open, error?: AttemptError): void {
    this.#open.delete(record);
    this.#untold.delete(open);
    this.#observation.observer?.finished(open.name, open.received, error);
  }

  /** As bytes come, with no timer: each would cost some of the speed. */
  #tellIfDue(now: number): void {
    if (now - this.#lastToldAt >= this.#interval) {
      this.#lastToldAt = now;
      const [longest] = this.#untold;
      if (longest !== undefined) this.#tell(longest);
    }
    if (!this.#isWaiting && this.#untold.size > 0) void this.#tellRest();
  }

  /** What came last before no more came. */
  async #tellRest(): Promise<void> {
    this.#isWaiting = true;
    while (this.#untold.size > 0) {
      await this.#clock.sleepUntil(this.#clock.now() + REST_INTERVAL_MS);
      for (const open of this.#untold) this.#tell(open);
    }
    this.#isWaiting = false;
  }

  #tell(open: Open): void {
    this.#untold.delete(open);
    this.#observation.observer?.progressed(open.name, open.received);
  }
}

function errorOf(
  {isOffline, isRefused}: Extract<JobEvent, {type: 'failed'}>,
  {hasResponded}: Open,
): AttemptError {
  if (isOffline) return 'offline';
  // Who has answered refuses no more.
  return isRefused === true && !hasResponded ? 'refused' : 'dropped';
}
