import type {RealmLog} from '../../log/log.js';

interface Waiting {
  readonly after: number;
  readonly wake: () => void;
}

/**
 * Lets several readers wait for the same log, which itself calls back one: an
 * extension and a standalone panel may follow the same page.
 */
export class Readers {
  readonly #log: RealmLog;
  #waiting: readonly Waiting[] = [];

  constructor(log: RealmLog) {
    this.#log = log;
  }

  /** Calls back once there is an entry after number `after`. */
  wait(after: number, wake: () => void): void {
    if (this.#log.next > after + 1) {
      wake();
      return;
    }
    this.#waiting = [...this.#waiting, {after, wake}];
    this.#listen();
  }

  /** A reader that came to its end another way is called back no more. */
  forget(wake: () => void): void {
    this.#waiting = this.#waiting.filter((waiting) => waiting.wake !== wake);
  }

  #listen(): void {
    this.#log.whenPast(this.#log.next - 1, () => this.#wakeThem());
  }

  #wakeThem(): void {
    const {next} = this.#log;
    const ready = this.#waiting.filter(({after}) => next > after + 1);
    this.#waiting = this.#waiting.filter(({after}) => next <= after + 1);
    for (const {wake} of ready) wake();
    if (this.#waiting.length > 0) this.#listen();
  }
}
