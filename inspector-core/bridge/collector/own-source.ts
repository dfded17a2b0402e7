import type {EventLog} from '../../log/log.js';
import type {EpochMs, Fact, Source} from '../../protocol/protocol.js';

/** Writes what the inspector itself has to say, numbered as its own realm. */
export class OwnSource {
  readonly #log: Pick<EventLog<unknown>, 'append'>;
  readonly #source: Source;
  readonly #now: () => EpochMs;
  #next = 1;

  constructor(
    log: Pick<EventLog<unknown>, 'append'>,
    source: Source,
    now: () => EpochMs,
  ) {
    this.#log = log;
    this.#source = source;
    this.#now = now;
  }

  append(fact: Fact, at: EpochMs = this.#now()): void {
    this.#log.append(this.#source, [{seq: this.#next, at, fact}]);
    this.#next += 1;
  }
}
