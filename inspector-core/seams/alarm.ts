import type {Clock} from './clock.js';

/** One timer, for whatever is due next; set anew, it forgets what it was set to. */
export class Alarm {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #set: {readonly at: number; readonly stop: AbortController} | undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** @param at on the clock; Infinity: never */
  set(at: number): void {
    if (this.#set?.at === at) return;
    this.#set?.stop.abort();
    this.#set = undefined;
    if (at === Infinity) return;
    const stop = new AbortController();
    this.#set = {at, stop};
    this.#clock.sleepUntil(at, stop.signal).then(
      () => {
        if (stop.signal.aborted) return;
        this.#set = undefined;
        this.#ring();
      },
      () => {
        // It was set to another time.
      },
    );
  }
}
