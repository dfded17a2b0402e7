// https://wicg.github.io/background-fetch/#background-fetch-response
import type {ResponseHead} from '../algorithms/response-head.js';
import type {CommitEffect} from './effects.js';
import type {RecordHost, RecordProgress} from './record.js';

/**
 * A record's "response data": what came of it, what is on its way to storage,
 * and what is there.
 */
export class ResponseData {
  readonly #addBytes: RecordHost['addBytes'];
  /** Of the first response, without its body. */
  head: ResponseHead | undefined;
  #generation: number;
  #received: number;
  #committed: number;
  /** Commits that storage has not answered. */
  #pending = 0;

  constructor(
    {response, generation, length}: RecordProgress,
    addBytes: RecordHost['addBytes'],
  ) {
    this.#addBytes = addBytes;
    this.head = response;
    this.#generation = generation;
    this.#received = length;
    this.#committed = length;
  }

  /** Rises when the data is replaced, and the old is redundant. */
  get generation(): number {
    return this.#generation;
  }

  /** Bytes of the response's body that are here. */
  get received(): number {
    return this.#received;
  }

  /** Bytes that no commit has taken along yet. */
  get uncommitted(): number {
    return this.#received - this.#committed;
  }

  /** Whether storage has not answered all commits. */
  get isPending(): boolean {
    return this.#pending > 0;
  }

  append(length: number): void {
    this.#received += length;
    this.#addBytes(length);
  }

  /** A commit takes along what none has taken yet. */
  commit(): Pick<CommitEffect, 'generation' | 'head' | 'from' | 'to'> {
    const from = this.#committed;
    this.#committed = this.#received;
    this.#pending += 1;
    return {
      generation: this.#generation,
      head: this.head,
      from,
      to: this.#received,
    };
  }

  /** Storage has answered one of the commits. */
  endCommit(): void {
    this.#pending -= 1;
  }

  /** What is here is not to be stored any more. */
  skipCommit(): void {
    this.#committed = this.#received;
  }

  /** "Set record's response data to a new background fetch response." */
  replace(): void {
    this.#addBytes(-this.#received);
    this.#generation += 1;
    this.#received = 0;
    this.#committed = 0;
  }
}
