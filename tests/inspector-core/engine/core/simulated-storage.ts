import {isExposed} from '../../../../inspector-core/engine/algorithms/record-result.js';
import type {CommitEffect} from '../../../../inspector-core/engine/core/effects.js';
import {
  NO_PROGRESS,
  type RecordProgress,
} from '../../../../inspector-core/engine/core/record.js';
import type {Byte} from './simulated-file.js';

interface Stored {
  progress: RecordProgress;
  bytes: readonly Byte[];
}

/** What is stored of each record, and commits that are under way. */
export class SimulatedStorage {
  readonly records: readonly Readonly<Stored>[];
  readonly #records: readonly Stored[];
  /** The bytes as they were when the commit was asked for. */
  readonly #bytes = new WeakMap<CommitEffect, readonly Byte[]>();

  constructor(count: number) {
    this.#records = Array.from({length: count}, () => ({
      progress: NO_PROGRESS,
      bytes: [],
    }));
    this.records = this.#records;
  }

  /** A commit is asked for, when so much of its record had come. */
  prepare(commit: CommitEffect, received: readonly Byte[]): void {
    this.#bytes.set(commit, received.slice(commit.from, commit.to));
  }

  /** False where a commit before it failed, so that there would be a hole. */
  apply(commit: CommitEffect): boolean {
    const stored = this.#records[commit.record];
    if (stored === undefined) return false;
    const {progress} = stored;
    const isNew = commit.generation > progress.generation;
    const isReadable = isExposed(commit.result);
    if (isReadable && commit.from !== (isNew ? 0 : progress.length)) {
      return false;
    }
    const added = this.#bytes.get(commit) ?? [];
    stored.bytes = isReadable ? [...(isNew ? [] : stored.bytes), ...added] : [];
    stored.progress = {
      response: commit.head,
      generation: commit.generation,
      length: commit.to,
      result: commit.result,
      order: commit.order,
      hasStarted: commit.hasStarted,
    };
    return true;
  }
}
