import type {Job} from '../driver/job.js';

/** So many records of fetches are kept for events fired by hand. */
const MOST_REMEMBERED = 1_000;

/** The last fetch of an id, also when it is over. */
export class LastFetches {
  readonly #byId = new Map<string, Job>();

  get(id: string): Job | undefined {
    return this.#byId.get(id);
  }

  add(job: Job): void {
    this.#byId.delete(job.stored.id);
    this.#byId.set(job.stored.id, job);
    let records = 0;
    for (const [id, {stored}] of [...this.#byId].toReversed()) {
      records += stored.records.length;
      if (records > MOST_REMEMBERED && id !== job.stored.id) {
        this.#byId.delete(id);
      }
    }
  }

  clear(): void {
    this.#byId.clear();
  }
}
