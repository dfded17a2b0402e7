import type {Ended, Told} from './told.js';

/** Lengths of records that storage acknowledged in one life of the worker. */
interface Acknowledged {
  readonly length: number;
  readonly generation: number;
  readonly life: string;
}

/**
 * What was told, and what of it was not kept: bytes that storage acknowledged
 * and a later worker did not have.
 */
export class Ledger {
  readonly #acknowledged = new Map<string, Map<number, Acknowledged>>();
  readonly #ended = new Map<string, Ended[]>();
  readonly #events = new Map<string, number>();
  readonly #sent = new Map<string, number>();
  readonly #known = new Set<string>();
  readonly broken: string[] = [];
  /** Workers that started and told what they had. */
  lives = 0;
  /** Acknowledgements. */
  stored = 0;

  tell(told: Told): void {
    switch (told.type) {
      case 'stored': {
        this.stored += 1;
        this.#known.add(told.id);
        const {id, record, length, life, generation} = told;
        const records =
          this.#acknowledged.get(id) ?? new Map<number, Acknowledged>();
        this.#acknowledged.set(id, records);
        const known = records.get(record) ?? {length: 0, generation: 0};
        if (known.length > 0 && generation > known.generation) {
          this.broken.push(`${id}/${record}: began anew, without a reason`);
        }
        // Those of an earlier life may arrive late.
        if (known.length <= length) {
          records.set(record, {length, generation, life});
        }
        return;
      }
      case 'started':
        this.lives += 1;
        for (const {id, downloaded} of told.fetches) {
          this.#known.add(id);
          const acknowledged = this.#acknowledgedBefore(id, told.life);
          if (downloaded >= acknowledged) continue;
          this.broken.push(
            `${id}: ${acknowledged} bytes were stored, ${downloaded} were found`,
          );
        }
        return;
      case 'event-began':
        this.#events.set(told.id, this.eventsOf(told.id) + 1);
        return;
      case 'ended':
        this.#ended.set(told.id, [...this.endsOf(told.id), told]);
    }
  }

  /** A request has come, for the bytes from `from` on. */
  ask(id: string, record: number, method: string, from: number): void {
    const name = `${id}/${record}`;
    this.#known.add(id);
    const sent = (this.#sent.get(name) ?? 0) + 1;
    this.#sent.set(name, sent);
    if (method !== 'GET') {
      if (sent > 1) this.broken.push(`${name}: was sent ${sent} times`);
      return;
    }
    const length = this.#acknowledged.get(id)?.get(record)?.length ?? 0;
    if (from >= length) return;
    this.broken.push(
      `${name}: ${length} bytes were stored, and were asked for from ${from} on`,
    );
  }

  /** Whether it has begun, as far as was told. */
  knows(id: string): boolean {
    return this.#known.has(id);
  }

  /** What handlers told of this fetch: more than once, if one was killed late. */
  endsOf(id: string): readonly Ended[] {
    return this.#ended.get(id) ?? [];
  }

  /** How often its event was fired. */
  eventsOf(id: string): number {
    return this.#events.get(id) ?? 0;
  }

  #acknowledgedBefore(id: string, life: string): number {
    const records = [...(this.#acknowledged.get(id)?.values() ?? [])];
    return records
      .filter((record) => record.life !== life)
      .reduce((sum, {length}) => sum + length, 0);
  }
}
