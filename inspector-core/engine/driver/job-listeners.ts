import type {Snapshot} from '../algorithms/update-an-instance.js';

export interface JobListener {
  /** "Update background fetch instances". */
  readonly onUpdate?: (snapshot: Snapshot) => void;
  /** A record's response, bytes in storage, or result changed. */
  readonly onRecordChange?: (record: number) => void;
  /** Nothing more is heard. */
  readonly onStop?: () => void;
}

/** Who hears what becomes of a fetch, until it stops. */
export class JobListeners {
  readonly #listeners = new Set<JobListener>();
  #hasStopped = false;

  get hasStopped(): boolean {
    return this.#hasStopped;
  }

  add(listener: JobListener, signal: AbortSignal): void {
    if (signal.aborted) return;
    this.#listeners.add(listener);
    signal.addEventListener('abort', () => this.#listeners.delete(listener), {
      once: true,
    });
  }

  update(snapshot: Snapshot): void {
    for (const listener of this.#listeners) listener.onUpdate?.(snapshot);
  }

  changeRecord(record: number): void {
    for (const listener of this.#listeners) listener.onRecordChange?.(record);
  }

  stop(): void {
    this.#hasStopped = true;
    for (const listener of this.#listeners) listener.onStop?.();
    this.#listeners.clear();
  }

  /** Resolves at the next change of any kind; rejects when there will be none. */
  whenChanged(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onStop = (): void => {
        reject(
          new DOMException('The background fetch was dropped.', 'AbortError'),
        );
      };
      if (this.#hasStopped) {
        onStop();
        return;
      }
      const ended = new AbortController();
      const change = (): void => {
        ended.abort();
        resolve();
      };
      this.add(
        {onUpdate: change, onRecordChange: change, onStop},
        ended.signal,
      );
    });
  }
}
