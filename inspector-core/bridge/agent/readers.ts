import type {RealmLog} from '../../log/log.js';
import {withoutPrototype} from '../../protocol/lists.js';

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
  #waiting: Waiting[] = withoutPrototype([]);

  constructor(log: RealmLog) {
    this.#log = log;
  }

  /** Calls back once there is an entry after number `after`. */
  wait(after: number, wake: () => void): void {
    if (this.#log.next > after + 1) {
      wake();
      return;
    }
    this.#waiting[this.#waiting.length] = {after, wake};
    this.#listen();
  }

  /** A reader that came to its end another way is called back no more. */
  forget(wake: () => void): void {
    this.#take((waiting) => waiting.wake === wake);
  }

  #listen(): void {
    this.#log.whenPast(this.#log.next - 1, () => this.#wakeThem());
  }

  #wakeThem(): void {
    const {next} = this.#log;
    const ready = this.#take(({after}) => next > after + 1);
    for (let index = 0; index < ready.length; index += 1) ready[index]?.wake();
    if (this.#waiting.length > 0) this.#listen();
  }

  /** Takes out those that are meant. */
  #take(isMeant: (waiting: Waiting) => boolean): readonly Waiting[] {
    const taken: Waiting[] = withoutPrototype([]);
    const rest: Waiting[] = withoutPrototype([]);
    for (let index = 0; index < this.#waiting.length; index += 1) {
      const waiting = this.#waiting[index];
      if (waiting === undefined) continue;
      const place = isMeant(waiting) ? taken : rest;
      place[place.length] = waiting;
    }
    this.#waiting = rest;
    return taken;
  }
}
